package io.riacho.s3;

import java.net.URI;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * Starts the embedded S3 beside the rest of the server, which waits for it before it serves anybody; stops it behind all
 * others, which may still have something to deliver.
 */
public final class EmbeddedS3Starter implements SmartLifecycle, AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(EmbeddedS3Starter.class);
    /** Before everything else, and so the last to stop. */
    private static final int FIRST = Integer.MIN_VALUE + 1000;

    private final CompletableFuture<EmbeddedS3> starting;
    private volatile boolean running;

    EmbeddedS3Starter(Supplier<EmbeddedS3> start) {
        this.starting = CompletableFuture.supplyAsync(
                start, task -> Thread.ofPlatform().name("s3-start").daemon().start(task));
    }

    /** Waits until it has started. */
    public URI endpoint() {
        return started().endpoint();
    }

    @Override
    public void start() {
        log.info("S3 on {}", started().endpoint());
        running = true;
    }

    @Override
    public void stop() {
        running = false;
        close();
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    @Override
    public int getPhase() {
        return FIRST;
    }

    /** Also where the server gave up before it had started. */
    @Override
    public void close() {
        CompletableFuture<EmbeddedS3> known = starting;
        if (!known.isCompletedExceptionally()) {
            known.thenAccept(EmbeddedS3::close).join();
        }
    }

    private EmbeddedS3 started() {
        try {
            return starting.join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw e;
        }
    }
}
