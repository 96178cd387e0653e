package io.riacho.log;

import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;
import java.util.zip.CRC32C;

/** Writes a tombstone, so that recovery does not bring a deleted shard back from the journal. */
final class Deletion extends Commit {

    private final Shard shard;
    private final ByteBuffer tombstone = ByteBuffer.allocateDirect(BatchFormat.HEADER_BYTES);
    private final CompletableFuture<Void> future = new CompletableFuture<>();
    private boolean wasSealed;

    Deletion(Shard shard) {
        this.shard = shard;
        BatchFormat.begin(tombstone, 0, BatchFormat.HEADER_BYTES, shard.number, 0, BatchFormat.TOMBSTONE, new CRC32C());
    }

    CompletableFuture<Void> future() {
        return future;
    }

    @Override
    int bytes() {
        return tombstone.limit();
    }

    @Override
    void assign(Frame frame, long now) {
        wasSealed = shard.sealed;
        shard.sealed = true;
        frame.seal(tombstone, 0, shard.nextOffset, now);
        frame.add(tombstone);
    }

    @Override
    void publish(JournalFrame where) {
        where.take(tombstone.limit());
        shard.delete();
    }

    @Override
    void complete() {
        future.complete(null);
    }

    @Override
    void fail(RuntimeException reason) {
        shard.sealed = wasSealed;
        reject(reason);
    }

    @Override
    void reject(RuntimeException reason) {
        future.completeExceptionally(reason);
    }
}
