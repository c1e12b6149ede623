package io.milepost.analytics.reference;

/** The judge keeps the laws he judges by. */
class ReferenceContractTest extends PropertyContract {

    @Override
    protected Subject fresh() {
        return new ReferenceSubject();
    }
}
