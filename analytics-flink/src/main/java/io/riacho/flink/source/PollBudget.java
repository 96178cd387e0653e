package io.riacho.flink.source;

import java.util.ArrayDeque;
import java.util.Deque;

/** How many batches are asked for or wait to be taken at once: memory's bound. Safe for use by many threads. */
final class PollBudget {

    private final Deque<Runnable> waiting = new ArrayDeque<>();
    private int free;

    PollBudget(int batches) {
        this.free = batches;
    }

    /** Runs it at once or when there is room for its batch, which {@link #release} must be called for. */
    void acquire(Runnable poll) {
        synchronized (this) {
            if (free == 0) {
                waiting.add(poll);
                return;
            }
            free--;
        }
        poll.run();
    }

    void release() {
        Runnable next;
        synchronized (this) {
            next = waiting.poll();
            if (next == null) {
                free++;
                return;
            }
        }
        next.run();
    }
}
