package io.riacho.streams.record;

import io.riacho.log.LogChunk;
import io.riacho.log.ShardLog;
import java.util.concurrent.ArrayBlockingQueue;

/** Buffers for reading, kept for the next reader. Safe for use by many threads. */
final class ReadBuffers {

    private static final int MOST_KEPT = 16;

    private final ArrayBlockingQueue<Buffers> kept = new ArrayBlockingQueue<>(MOST_KEPT);
    private final ShardLog log;

    ReadBuffers(ShardLog log) {
        this.log = log;
    }

    /** What one reader needs. */
    record Buffers(LogChunk chunk, AnswerBuffer answer) {}

    Buffers take() {
        Buffers buffers = kept.poll();
        return buffers != null ? buffers : new Buffers(log.newChunk(), new AnswerBuffer());
    }

    /** Not called after a failure: the buffers are then left to the garbage collector. */
    void giveBack(Buffers buffers) {
        boolean unused = kept.offer(buffers);
    }
}
