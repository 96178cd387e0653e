package io.riacho.consumers.journal;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The file in which one worker writes down what it did: a line for each event, its fields divided by tabs, the first being the machine's
 * monotonic clock in nanoseconds, so that the journals of several processes can be put in order. Each line goes to the operating
 * system at once: a killed worker leaves all that it did, but for a last line that may be torn. Safe for use by several threads.
 */
public final class Journal implements AutoCloseable {

    private final FileChannel file;
    private final AtomicInteger tenures = new AtomicInteger();

    private Journal(FileChannel file) {
        this.file = file;
    }

    public static Journal openedAt(Path path) {
        try {
            return new Journal(FileChannel.open(
                    path, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.APPEND));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * The worker begins with a shard.
     *
     * @param sequenceNumber the checkpoint from which it goes on, or {@code TRIM_HORIZON}
     */
    public Tenure taken(String shardId, String sequenceNumber, long subSequenceNumber) {
        Tenure tenure = new Tenure(this, tenures.incrementAndGet(), shardId);
        tenure.write("taken", sequenceNumber, String.valueOf(subSequenceNumber));
        return tenure;
    }

    /** An event that belongs to no shard that is held. */
    public void note(String event, Object... fields) {
        StringBuilder line = new StringBuilder(event);
        for (Object field : fields) {
            line.append('\t').append(field);
        }
        write(line.toString());
    }

    @Override
    public void close() {
        try {
            file.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    synchronized void write(String line) {
        ByteBuffer bytes = ByteBuffer.wrap((System.nanoTime() + "\t" + line + "\n").getBytes(StandardCharsets.UTF_8));
        try {
            while (bytes.hasRemaining()) {
                file.write(bytes);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
