package io.riacho.protocol.server;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.context.SmartLifecycle;

/** Lets idle body memory go, half of it every ten seconds. */
final class BodyMemoryTrimmer implements SmartLifecycle {

    private static final Duration PERIOD = Duration.ofSeconds(10);

    private final BodyMemory memory;
    private volatile @Nullable Thread thread;

    BodyMemoryTrimmer(BodyMemory memory) {
        this.memory = memory;
    }

    @Override
    public void start() {
        thread = Thread.ofVirtual().name("riacho-body-memory").start(this::run);
    }

    @Override
    public void stop() {
        Thread running = thread;
        if (running != null) {
            running.interrupt();
            thread = null;
        }
    }

    @Override
    public boolean isRunning() {
        return thread != null;
    }

    private void run() {
        try {
            while (true) {
                Thread.sleep(PERIOD);
                memory.trim();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
