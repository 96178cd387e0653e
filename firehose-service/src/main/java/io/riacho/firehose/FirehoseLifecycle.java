package io.riacho.firehose;

import io.riacho.firehose.delivery.DeliveryEngine;
import org.springframework.context.SmartLifecycle;

/** Begins to deliver once the server answers, and stops before it does not. */
final class FirehoseLifecycle implements SmartLifecycle {

    private final DeliveryEngine engine;
    private volatile boolean running;

    FirehoseLifecycle(DeliveryEngine engine) {
        this.engine = engine;
    }

    @Override
    public void start() {
        engine.start();
        running = true;
    }

    @Override
    public void stop() {
        running = false;
        engine.close();
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    /** The last to start and the first to stop: the web server has lower phases. */
    @Override
    public int getPhase() {
        return SmartLifecycle.DEFAULT_PHASE;
    }
}
