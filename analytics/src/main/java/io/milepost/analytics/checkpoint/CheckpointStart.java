package io.milepost.analytics.checkpoint;

import io.micronaut.context.event.ApplicationEventListener;
import io.micronaut.runtime.server.event.ServerStartupEvent;
import jakarta.inject.Singleton;

@Singleton
final class CheckpointStart implements ApplicationEventListener<ServerStartupEvent> {

    private final CheckpointWriter writer;

    CheckpointStart(CheckpointWriter writer) {
        this.writer = writer;
    }

    @Override
    public void onApplicationEvent(ServerStartupEvent event) {
        writer.start();
    }
}
