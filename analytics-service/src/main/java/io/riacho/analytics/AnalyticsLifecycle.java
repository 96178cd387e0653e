package io.riacho.analytics;

import io.riacho.analytics.run.Engine;
import org.springframework.context.SmartLifecycle;

/** Begins to lead applications once the server answers, and stops before it does not. */
final class AnalyticsLifecycle implements SmartLifecycle {

    private final Engine engine;
    private volatile boolean running;

    AnalyticsLifecycle(Engine engine) {
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
