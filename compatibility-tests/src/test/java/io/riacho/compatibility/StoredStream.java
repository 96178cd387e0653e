package io.riacho.compatibility;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import software.amazon.awssdk.services.kinesis.KinesisClient;
import software.amazon.awssdk.services.kinesis.model.GetRecordsResponse;
import software.amazon.awssdk.services.kinesis.model.Record;
import software.amazon.awssdk.services.kinesis.model.Shard;
import software.amazon.awssdk.services.kinesis.model.ShardIteratorType;

/**
 * What is in a stream that nobody writes to any more.
 *
 * @param recordsOfShards each shard's records in its order
 * @param parentsOfShards each shard's parents, none for the first ones
 */
record StoredStream(Map<String, List<StoredRecord>> recordsOfShards, Map<String, List<String>> parentsOfShards) {

    record StoredRecord(String shardId, BigInteger sequenceNumber, String partitionKey, int number) {

        @Override
        public String toString() {
            return partitionKey + " number " + number + " (" + shardId + ", " + sequenceNumber + ")";
        }
    }

    int count() {
        return recordsOfShards.values().stream().mapToInt(List::size).sum();
    }

    /** The shards that have children, and end therefore. */
    List<String> parents() {
        return parentsOfShards.values().stream()
                .flatMap(List::stream)
                .distinct()
                .sorted()
                .toList();
    }

    static StoredStream read(KinesisClient client, String stream) {
        Map<String, List<StoredRecord>> records = new LinkedHashMap<>();
        Map<String, List<String>> parents = new LinkedHashMap<>();
        for (Shard shard :
                client.listShards(request -> request.streamName(stream)).shards()) {
            parents.put(
                    shard.shardId(),
                    Stream.of(shard.parentShardId(), shard.adjacentParentShardId())
                            .filter(parent -> parent != null)
                            .toList());
            records.put(
                    shard.shardId(),
                    readToTheTip(client, stream, shard.shardId()).stream()
                            .map(record -> numbered(shard.shardId(), record))
                            .toList());
        }
        return new StoredStream(records, parents);
    }

    /** A shard's records, in their order, until there are no more. */
    static List<Record> readToTheTip(KinesisClient client, String stream, String shardId) {
        List<Record> records = new ArrayList<>();
        String iterator = client.getShardIterator(request ->
                        request.streamName(stream).shardId(shardId).shardIteratorType(ShardIteratorType.TRIM_HORIZON))
                .shardIterator();
        while (iterator != null) {
            String current = iterator;
            GetRecordsResponse answer = client.getRecords(request -> request.shardIterator(current));
            records.addAll(answer.records());
            if (answer.records().isEmpty() && answer.millisBehindLatest() == 0) {
                break;
            }
            iterator = answer.nextShardIterator();
        }
        return records;
    }

    private static StoredRecord numbered(String shardId, Record record) {
        return new StoredRecord(
                shardId,
                new BigInteger(record.sequenceNumber()),
                record.partitionKey(),
                OrderedWriters.number(record.data().asUtf8String()));
    }
}
