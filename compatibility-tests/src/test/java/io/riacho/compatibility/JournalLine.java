package io.riacho.compatibility;

import java.math.BigInteger;
import java.util.List;
import java.util.Locale;

/**
 * What a worker did at one time.
 *
 * @param nanoTime of the machine's monotonic clock, the same for all processes
 * @param tenure counts how often the worker began with a shard; with its name it says which time this belongs to
 * @param fields what else the event has to tell
 */
record JournalLine(long nanoTime, String worker, int tenure, Event event, String shardId, List<String> fields) {

    enum Event {
        /** The worker begins with a shard after a checkpoint: its sequence number and sub-sequence number. */
        TAKEN,
        /** Partition key, sequence number, sub-sequence number, number in the payload, and in Java the payload's fingerprint. */
        RECORD,
        /** A checkpoint is about to be stored: sequence number, sub-sequence number. */
        CHECKPOINTING,
        /** It is stored. */
        CHECKPOINT,
        /** It could not be stored, and why. */
        FAILED,
        /** The shard was read to its end, which is about to be stored as its checkpoint. */
        ENDING,
        /** It is stored. */
        ENDED,
        /** The worker was told that the lease is another's. */
        LOST
    }

    static JournalLine parsed(String worker, String line) {
        String[] parts = line.split("\t", -1);
        return new JournalLine(
                Long.parseLong(parts[0]),
                worker,
                Integer.parseInt(parts[1]),
                Event.valueOf(parts[2].toUpperCase(Locale.ROOT)),
                parts[3],
                List.of(parts).subList(4, parts.length));
    }

    boolean is(Event other) {
        return event == other;
    }

    String holder() {
        return worker + "#" + tenure;
    }

    /** Of a record: the key. */
    String partitionKey() {
        return fields.get(0);
    }

    /** Of a record. */
    BigInteger sequenceNumber() {
        return new BigInteger(fields.get(1));
    }

    /** Of a record: its place in the aggregated record that it was part of. */
    long subSequenceNumber() {
        return Long.parseLong(fields.get(2));
    }

    /** Of a record: the number that the writer gave it. */
    int number() {
        return Integer.parseInt(fields.get(3));
    }

    /** Of a record: what stands for its bytes. */
    String fingerprint() {
        return fields.get(4);
    }

    /** Of a checkpoint, and of the one that a tenure begins after: a sequence number, or {@code TRIM_HORIZON}, or {@code SHARD_END}. */
    String checkpoint() {
        return fields.get(0);
    }
}
