package io.riacho.log;

import java.util.concurrent.CompletableFuture;

/** Ends a shard, or takes that back, behind the appends that came before. */
final class Seal extends Commit {

    private final Shard shard;
    private final boolean sealed;
    private final CompletableFuture<Long> future = new CompletableFuture<>();

    Seal(Shard shard, boolean sealed) {
        this.shard = shard;
        this.sealed = sealed;
    }

    CompletableFuture<Long> future() {
        return future;
    }

    @Override
    int bytes() {
        return 0;
    }

    @Override
    void assign(Frame frame, long now) {
        shard.sealed = sealed || shard.isDeleted();
    }

    @Override
    void publish(JournalFrame where) {}

    @Override
    void complete() {
        future.complete(shard.readableEnd());
    }

    /** A seal writes nothing; it stands although the appends beside it failed. */
    @Override
    void fail(RuntimeException reason) {
        complete();
    }

    @Override
    void reject(RuntimeException reason) {
        future.completeExceptionally(reason);
    }
}
