package io.riacho.flink.source;

import io.riacho.aggregation.Aggregation;
import io.riacho.aggregation.HashKeys;
import io.riacho.aggregation.UserRecord;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.kinesis.model.Record;

/** The user records of stored records, taken apart one stored record at a time, from a position on. Used by one thread. */
final class UserRecords implements Iterator<ReadRecord> {

    private final Iterator<Record> stored;
    private final HashKeys keys;
    private final Position.@Nullable After from;
    private Iterator<ReadRecord> made = Collections.emptyIterator();
    /** A stored record that is one user record, as most are; taken without what an aggregated one needs. */
    private @Nullable ReadRecord whole;

    /** @param from what is up to there is left out; null to leave out nothing */
    UserRecords(List<Record> stored, ShardSplit.@Nullable KeyRange keys, Position.@Nullable After from) {
        this.stored = stored.iterator();
        this.keys = keys == null ? HashKeys.ALL : HashKeys.of(keys.first(), keys.last());
        this.from = from;
    }

    @Override
    public boolean hasNext() {
        while (whole == null && !made.hasNext() && stored.hasNext()) {
            take(stored.next());
        }
        return whole != null || made.hasNext();
    }

    @Override
    public ReadRecord next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        ReadRecord next = whole;
        if (next == null) {
            return made.next();
        }
        whole = null;
        return next;
    }

    private void take(Record record) {
        byte[] data = record.data().asByteArrayUnsafe();
        Instant arrived = record.approximateArrivalTimestamp();
        long arrival = arrived == null ? 0 : arrived.toEpochMilli();
        if (Aggregation.isMarked(data)) {
            made = apart(record, data, arrival);
        } else {
            ReadRecord read =
                    new ReadRecord(record.sequenceNumber(), 0, true, record.partitionKey(), arrival, data, null);
            whole = isBefore(read) ? null : read;
        }
    }

    private Iterator<ReadRecord> apart(Record record, byte[] data, long arrival) {
        List<UserRecord> users = Aggregation.userRecords(record.partitionKey(), ByteBuffer.wrap(data), keys);
        long lastNumber = users.isEmpty() ? 0 : users.get(users.size() - 1).subSequenceNumber();
        return users.stream()
                .map(user -> new ReadRecord(
                        record.sequenceNumber(),
                        user.subSequenceNumber(),
                        user.subSequenceNumber() == lastNumber,
                        user.partitionKey(),
                        arrival,
                        bytes(user.data()),
                        null))
                .filter(user -> !isBefore(user))
                .iterator();
    }

    private boolean isBefore(ReadRecord record) {
        return from != null
                && from.sequenceNumber().equals(record.sequenceNumber())
                && record.subSequenceNumber() <= from.subSequenceNumber();
    }

    private static byte[] bytes(ByteBuffer data) {
        byte[] copy = new byte[data.remaining()];
        data.get(data.position(), copy);
        return copy;
    }
}
