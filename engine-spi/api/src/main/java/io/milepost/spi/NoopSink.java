package io.milepost.spi;

enum NoopSink implements JourneyEventSink {
    INSTANCE;

    @Override
    public void emit(JourneyEventBatch batch) {}
}
