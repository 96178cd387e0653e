package io.riacho.firehose.source.kinesis;

import io.riacho.aggregation.Aggregation;
import io.riacho.aggregation.UserRecord;
import io.riacho.firehose.record.SourceRecord;
import io.riacho.firehose.source.SourceBatch;
import io.riacho.leases.NewLease;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.kinesis.model.ChildShard;
import software.amazon.awssdk.services.kinesis.model.Record;

/** Makes a source's records of Kinesis's: what a producer library aggregated is taken apart. */
final class RecordReader {

    private final boolean metadata;

    RecordReader(boolean metadata) {
        this.metadata = metadata;
    }

    /**
     * @param continuation the sequence number up to which the shard is read with them; null where the records tell
     * @param children of a shard at its end; empty otherwise
     */
    SourceBatch batch(
            String shard,
            List<Record> records,
            @Nullable String continuation,
            @Nullable Long millisBehind,
            boolean ended,
            List<ChildShard> children) {
        List<SourceRecord> read = new ArrayList<>(records.size());
        BigInteger position = null;
        for (Record record : records) {
            position = new BigInteger(record.sequenceNumber());
            read(shard, record, position, read);
        }
        if (continuation != null) {
            position = new BigInteger(continuation);
        }
        return new SourceBatch(read, position, millisBehind, ended ? leases(children) : null);
    }

    private void read(String shard, Record record, BigInteger position, List<SourceRecord> into) {
        ByteBuffer data = record.data().asByteBuffer();
        for (UserRecord user : Aggregation.userRecords(record.partitionKey(), data)) {
            byte[] bytes = new byte[user.data().remaining()];
            user.data().duplicate().get(bytes);
            into.add(new SourceRecord(
                    shard,
                    position,
                    (int) user.subSequenceNumber(),
                    user.partitionKey(),
                    record.approximateArrivalTimestamp(),
                    bytes,
                    metadata ? metadata(shard, record, user) : Map.of()));
        }
    }

    /** As Lambda's event has it. */
    private static Map<String, String> metadata(String shard, Record record, UserRecord user) {
        return Map.of(
                "shardId", shard,
                "partitionKey", user.partitionKey(),
                "approximateArrivalTimestamp",
                        Long.toString(record.approximateArrivalTimestamp().toEpochMilli()),
                "sequenceNumber", record.sequenceNumber(),
                "subsequenceNumber", Long.toString(user.subSequenceNumber()));
    }

    private static List<NewLease> leases(List<ChildShard> children) {
        return children.stream()
                .map(child -> new NewLease(child.shardId(), child.parentShards(), StartingPoint.text(null)))
                .toList();
    }
}
