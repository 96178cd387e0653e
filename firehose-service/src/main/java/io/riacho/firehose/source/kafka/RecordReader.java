package io.riacho.firehose.source.kafka;

import io.riacho.firehose.record.SourceRecord;
import io.riacho.firehose.source.SourceBatch;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/** Makes a source's records of Kafka's. Records without a value, by which topics are compacted, carry nothing to deliver. */
final class RecordReader {

    private final @Nullable String clusterArn;

    /** @param clusterArn where records carry what functions are told of them; null where they do not */
    RecordReader(@Nullable String clusterArn) {
        this.clusterArn = clusterArn;
    }

    /** @param next the offset to go on at */
    SourceBatch batch(
            String shard, List<ConsumerRecord<byte[], byte[]>> records, long next, @Nullable Long millisBehind) {
        List<SourceRecord> read = new ArrayList<>(records.size());
        for (ConsumerRecord<byte[], byte[]> record : records) {
            if (record.value() != null) {
                read.add(read(shard, record));
            }
        }
        return new SourceBatch(read, next == 0 ? null : BigInteger.valueOf(next - 1), millisBehind, null);
    }

    private SourceRecord read(String shard, ConsumerRecord<byte[], byte[]> record) {
        return new SourceRecord(
                shard,
                BigInteger.valueOf(record.offset()),
                0,
                record.key() == null ? "" : new String(record.key(), StandardCharsets.UTF_8),
                Instant.ofEpochMilli(Math.max(0, record.timestamp())),
                record.value(),
                metadata(record));
    }

    /**
     * As Lambda's event has it.
     *
     * @see <a
     *     href="https://github.com/aws/aws-lambda-java-libs/blob/main/aws-lambda-java-events/src/main/java/com/amazonaws/services/lambda/runtime/events/MSKFirehoseEvent.java">MSKFirehoseEvent</a>
     */
    private Map<String, String> metadata(ConsumerRecord<byte[], byte[]> record) {
        return clusterArn == null
                ? Map.of()
                : Map.of(
                        "offset", Long.toString(record.offset()),
                        "partitionId", Integer.toString(record.partition()),
                        "approximateArrivalTimestamp", Long.toString(Math.max(0, record.timestamp())),
                        "sourceMSKArn", clusterArn);
    }
}
