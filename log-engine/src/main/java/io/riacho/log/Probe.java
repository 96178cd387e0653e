package io.riacho.log;

import java.util.concurrent.CompletableFuture;

/** Asks the commit thread to show that it works. It writes nothing. */
final class Probe extends Commit {

    private final CompletableFuture<Void> future = new CompletableFuture<>();

    CompletableFuture<Void> future() {
        return future;
    }

    @Override
    int bytes() {
        return 0;
    }

    @Override
    void assign(Frame frame, long now) {}

    @Override
    void publish(JournalFrame where) {}

    @Override
    void complete() {
        future.complete(null);
    }

    /** What it stands beside has failed; what it asks is answered by the state that this leaves. */
    @Override
    void fail(RuntimeException reason) {
        complete();
    }

    @Override
    void reject(RuntimeException reason) {
        complete();
    }
}
