package io.riacho.consumers.journal;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * The time in which a worker holds a shard, and its part of the journal. It moves the checkpoint once in a while, so that a worker
 * that dies leaves records behind that its successor has to repeat. Like a record processor, it is used by one thread at a time.
 */
public final class Tenure {

    private static final int RECORDS_OF_A_CHECKPOINT = 40;

    /** Stores a checkpoint in KCL's way. */
    @FunctionalInterface
    public interface Checkpoint {
        void store(String sequenceNumber, long subSequenceNumber) throws Exception;
    }

    /** Stores the checkpoint that says that a shard was read to its end. */
    @FunctionalInterface
    public interface LastCheckpoint {
        void store() throws Exception;
    }

    private final Journal journal;
    private final int number;
    private final String shardId;
    private @Nullable String lastSequenceNumber;
    private long lastSubSequenceNumber;
    private int sinceCheckpoint;

    Tenure(Journal journal, int number, String shardId) {
        this.journal = journal;
        this.number = number;
        this.shardId = shardId;
    }

    /** @param data text that begins with the record's number and a space */
    public void processed(String partitionKey, String sequenceNumber, long subSequenceNumber, ByteBuffer data) {
        String text = StandardCharsets.UTF_8.decode(data.duplicate()).toString();
        write(
                "record",
                partitionKey,
                sequenceNumber,
                String.valueOf(subSequenceNumber),
                text.substring(0, text.indexOf(' ')),
                Fingerprint.of(data));
        lastSequenceNumber = sequenceNumber;
        lastSubSequenceNumber = subSequenceNumber;
        sinceCheckpoint++;
    }

    /** At the end of each batch. */
    public void checkpointWhereDue(Checkpoint checkpoint) {
        if (sinceCheckpoint >= RECORDS_OF_A_CHECKPOINT) {
            checkpoint(checkpoint);
        }
    }

    /** A checkpoint that cannot be stored is a later one's task, or a successor's that repeats some records. */
    public void checkpoint(Checkpoint checkpoint) {
        if (lastSequenceNumber == null || sinceCheckpoint == 0) {
            return;
        }
        write("checkpointing", lastSequenceNumber, String.valueOf(lastSubSequenceNumber));
        try {
            checkpoint.store(lastSequenceNumber, lastSubSequenceNumber);
        } catch (Exception e) {
            write("failed", String.valueOf(e).replaceAll("\\s+", " "));
            return;
        }
        write("checkpoint", lastSequenceNumber, String.valueOf(lastSubSequenceNumber));
        sinceCheckpoint = 0;
    }

    /** @throws IllegalStateException if the checkpoint could not be stored, so that KCL asks again */
    public void ended(LastCheckpoint checkpoint) {
        write("ending");
        try {
            checkpoint.store();
        } catch (Exception e) {
            write("failed", String.valueOf(e).replaceAll("\\s+", " "));
            throw new IllegalStateException("The end of " + shardId + " could not be stored", e);
        }
        write("ended");
    }

    public void lost() {
        write("lost");
    }

    void write(String event, String... fields) {
        StringBuilder line = new StringBuilder()
                .append(number)
                .append('\t')
                .append(event)
                .append('\t')
                .append(shardId);
        for (String field : fields) {
            line.append('\t').append(field);
        }
        journal.write(line.toString());
    }
}
