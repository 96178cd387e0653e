package io.riacho.aggregation;

import com.google.protobuf.InvalidProtocolBufferException;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.List;
import software.amazon.kinesis.retrieval.AggregatorUtil;
import software.amazon.kinesis.retrieval.KinesisClientRecord;
import software.amazon.kinesis.retrieval.kpl.Messages;

/** The client library's own reading of stored records. */
final class Kcl {

    private Kcl() {}

    static List<UserRecord> userRecords(String partitionKey, byte[] data, HashKeys shard) {
        KinesisClientRecord stored = KinesisClientRecord.builder()
                .partitionKey(partitionKey)
                .data(ByteBuffer.wrap(data))
                .sequenceNumber("1")
                .build();
        return new AggregatorUtil()
                .deaggregate(List.of(stored), shard.first(), shard.last()).stream()
                        .map(r -> new UserRecord(
                                r.partitionKey(), r.explicitHashKey(), r.data(), r.subSequenceNumber(), r.aggregated()))
                        .toList();
    }

    /**
     * Whether the client library comes to a place in the message that contradicts the rest, before it finds a user record
     * of another shard: there it logs an error and gives out what came before.
     */
    static boolean givesUp(byte[] message, HashKeys shard) throws InvalidProtocolBufferException {
        Messages.AggregatedRecord parsed = Messages.AggregatedRecord.parseFrom(message);
        for (Messages.Record record : parsed.getRecordsList()) {
            int partitionKey = (int) record.getPartitionKeyIndex();
            int explicit = (int) record.getExplicitHashKeyIndex();
            boolean hasPartitionKey = partitionKey >= 0 && partitionKey < parsed.getPartitionKeyTableCount();
            boolean hasExplicit = !record.hasExplicitHashKeyIndex()
                    || (explicit >= 0 && explicit < parsed.getExplicitHashKeyTableCount());
            if (!hasPartitionKey || !hasExplicit) {
                return true;
            }
            try {
                BigInteger hashKey = record.hasExplicitHashKeyIndex()
                        ? new BigInteger(parsed.getExplicitHashKeyTable(explicit))
                        : HashKeys.ofPartitionKey(parsed.getPartitionKeyTable(partitionKey));
                if (hashKey.compareTo(shard.first()) < 0 || hashKey.compareTo(shard.last()) > 0) {
                    return false;
                }
            } catch (NumberFormatException e) {
                return true;
            }
        }
        return false;
    }
}
