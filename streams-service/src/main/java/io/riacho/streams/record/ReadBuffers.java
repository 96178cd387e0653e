package io.riacho.streams.record;

import io.riacho.log.LogChunk;
import io.riacho.log.ShardLog;
import java.util.concurrent.ArrayBlockingQueue;

/** Buffers for reading, kept for the next reader. Safe for use by many threads. */
public final class ReadBuffers {

    private static final int MOST_KEPT = 16;

    private final ArrayBlockingQueue<LogChunk> chunks = new ArrayBlockingQueue<>(MOST_KEPT);
    private final ArrayBlockingQueue<AnswerBuffer> answers = new ArrayBlockingQueue<>(MOST_KEPT);
    private final ShardLog log;

    public ReadBuffers(ShardLog log) {
        this.log = log;
    }

    /** What one reader needs. */
    public record Buffers(LogChunk chunk, AnswerBuffer answer) {}

    public Buffers take() {
        LogChunk chunk = chunks.poll();
        AnswerBuffer answer = answers.poll();
        return new Buffers(chunk != null ? chunk : log.newChunk(), answer != null ? answer : new AnswerBuffer());
    }

    /** Not called after a failure: the buffers are then left to the garbage collector. */
    public void giveBack(Buffers buffers) {
        giveBack(buffers.chunk());
        giveBack(buffers.answer());
    }

    /** Gives back what the log was read through, while the answer is still on its way. */
    public void giveBack(LogChunk chunk) {
        boolean unused = chunks.offer(chunk);
    }

    public void giveBack(AnswerBuffer answer) {
        boolean unused = answers.offer(answer);
    }
}
