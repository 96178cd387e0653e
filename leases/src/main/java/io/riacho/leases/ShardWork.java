package io.riacho.leases;

import java.util.concurrent.CompletableFuture;

/** What a {@link Worker} does with the leases that it holds. */
public interface ShardWork {

    /**
     * Begins to work on a shard, on threads of its own; comes back at once.
     *
     * @param held what checkpoints are written with
     * @param checkpoint where to go on
     * @throws RuntimeException where it cannot begin: the lease is given back, and tried again later
     */
    Running begin(HeldLease held, String checkpoint);

    /** Work under way on one shard. */
    interface Running {

        /**
         * Stops, in the lease's time: the last checkpoint may still be written. Called at most once, not after
         * {@link #abandon}.
         *
         * @return completed when nothing of it runs any more, in whatever way that ended
         */
        CompletableFuture<Void> stop();

        /** Stops at once: the lease is lost or has ended, and another worker may be at it already. */
        void abandon();
    }
}
