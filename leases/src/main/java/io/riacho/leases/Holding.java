package io.riacho.leases;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Work under way on a lease. Used by one thread at a time. */
final class Holding {

    private final ShardWork.Running running;
    private long renewedAt;
    private long stopAskedAt;
    private @Nullable CompletableFuture<Void> stopped;

    /** @param takenAt when the lease was asked for, {@link System#nanoTime()} */
    Holding(ShardWork.Running running, long takenAt) {
        this.running = running;
        this.renewedAt = takenAt;
    }

    void renewed(long askedAt) {
        renewedAt = askedAt;
    }

    /** How much of a time that began with the last renewal is left, in nanoseconds; negative where it is over. */
    long remaining(long nanos) {
        return renewedAt + nanos - System.nanoTime();
    }

    boolean isStopping() {
        return stopped != null;
    }

    boolean hasStopped() {
        return stopped != null && stopped.isDone();
    }

    /** Whether it was asked to stop so long ago, and still runs. */
    boolean refusesToStop(long nanos) {
        return stopped != null && !stopped.isDone() && System.nanoTime() - stopAskedAt > nanos;
    }

    /** @param whenStopped called by whatever thread ends the work, with what it failed of, or null */
    void stop(Consumer<@Nullable Throwable> whenStopped) {
        stopAskedAt = System.nanoTime();
        CompletableFuture<Void> future;
        try {
            future = running.stop();
        } catch (RuntimeException e) {
            running.abandon();
            future = CompletableFuture.failedFuture(e);
        }
        stopped = future;
        var _ = future.whenComplete((_, failure) -> whenStopped.accept(failure));
    }

    void abandon() {
        running.abandon();
    }

    /** Whether it stopped, in whatever way, within the time. */
    boolean awaitStopped(long nanos) {
        if (stopped == null) {
            return false;
        }
        try {
            stopped.get(Math.max(0, nanos), TimeUnit.NANOSECONDS);
            return true;
        } catch (ExecutionException e) {
            return true;
        } catch (TimeoutException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
