package io.riacho.compatibility;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.RegisterExtension;
import software.amazon.awssdk.services.kinesis.KinesisAsyncClient;
import software.amazon.awssdk.services.kinesis.model.ChildShard;
import software.amazon.awssdk.services.kinesis.model.Record;
import software.amazon.awssdk.services.kinesis.model.ScalingType;
import software.amazon.awssdk.services.kinesis.model.SequenceNumberRange;
import software.amazon.awssdk.services.kinesis.model.Shard;

/**
 * A stream is split, merged and scaled, up and down, while writers write and a reader reads along. It all happens once; each test looks at
 * another side of what came of it.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class ReshardingTest {

    private static final int RECORDS_BETWEEN_CHANGES = 2_000;
    private static final BigInteger HASH_KEYS = BigInteger.TWO.pow(128);

    @RegisterExtension
    static final TestServer SERVER = TestServer.withoutLimits();

    private TestStreams streams;
    private List<OrderedWriters.Acknowledged> acknowledged = List.of();
    private Map<String, Integer> counts = Map.of();
    private Map<String, List<Record>> recordsOfShards = Map.of();
    private Map<String, List<Record>> recordsOfKeys = Map.of();
    private Map<String, List<ChildShard>> ends = Map.of();
    private Map<String, Shard> shards = Map.of();

    @BeforeAll
    void reshardWhileWritingAndReading() {
        streams = new TestStreams(SERVER.target());
        String name = streams.create(2);
        try (KinesisAsyncClient client = JavaClients.async(SERVER.target());
                LineageReader reader = LineageReader.started(client, name, open(name));
                OrderedWriters writers = OrderedWriters.started(client, name)) {
            writers.awaitMore(RECORDS_BETWEEN_CHANGES);
            client.splitShard(request -> request.streamName(name)
                            .shardToSplit("shardId-000000000000")
                            .newStartingHashKey(HASH_KEYS.shiftRight(2).toString()))
                    .join();
            settle(name, writers);
            client.mergeShards(request -> request.streamName(name)
                            .shardToMerge("shardId-000000000003")
                            .adjacentShardToMerge("shardId-000000000001"))
                    .join();
            settle(name, writers);
            scale(client, name, 4);
            settle(name, writers);
            scale(client, name, 2);
            settle(name, writers);

            acknowledged = writers.stop();
            counts = writers.counts();
            reader.await("all acknowledged records were read", () -> reader.count() >= acknowledged.size());
            reader.close();
            recordsOfShards = reader.recordsOfShards();
            recordsOfKeys = reader.recordsOfKeys();
            ends = reader.ends();
        }
        shards = streams.shards(name).stream().collect(Collectors.toMap(Shard::shardId, shard -> shard));
    }

    @AfterAll
    void deleteStreams() {
        streams.close();
    }

    @Test
    void nothingIsLostAndNothingComesTwice() {
        List<String> written = new ArrayList<>();
        acknowledged.forEach(record -> written.add(record.shardId() + " " + record.sequenceNumber() + " "
                + record.partitionKey() + " " + record.number()));
        List<String> read = new ArrayList<>();
        recordsOfShards.forEach((shard, records) -> records.forEach(record -> read.add(shard + " "
                + record.sequenceNumber() + " " + record.partitionKey() + " "
                + OrderedWriters.number(record.data().asUtf8String()))));
        assertThat(read).containsExactlyInAnyOrderElementsOf(written).doesNotHaveDuplicates();
    }

    @Test
    void everyKeyKeepsItsOrderOverAllShards() {
        assertThat(recordsOfKeys).containsOnlyKeys(counts.keySet());
        recordsOfKeys.forEach((key, records) -> assertThat(records)
                .as(key)
                .extracting(record -> OrderedWriters.number(record.data().asUtf8String()))
                .isEqualTo(
                        IntStream.range(0, counts.getOrDefault(key, 0)).boxed().toList()));
    }

    @Test
    void sequenceNumbersRiseInAShardAndStayInItsRange() {
        recordsOfShards.forEach((id, records) -> {
            SequenceNumberRange range = shard(id).sequenceNumberRange();
            List<BigInteger> numbers = new ArrayList<>();
            numbers.add(new BigInteger(range.startingSequenceNumber()).subtract(BigInteger.ONE));
            records.forEach(record -> numbers.add(new BigInteger(record.sequenceNumber())));
            if (range.endingSequenceNumber() != null) {
                numbers.add(new BigInteger(range.endingSequenceNumber()).add(BigInteger.ONE));
            }
            assertThat(numbers).as(id).isSorted().doesNotHaveDuplicates();
        });
    }

    @Test
    void aKeysRecordsGoWhereItsHashSays() {
        recordsOfShards.forEach((id, records) -> records.forEach(record -> assertThat(md5(record.partitionKey()))
                .as("%s in %s", record.partitionKey(), id)
                .isBetween(
                        new BigInteger(shard(id).hashKeyRange().startingHashKey()),
                        new BigInteger(shard(id).hashKeyRange().endingHashKey()))));
    }

    @Test
    void aKeysSequenceNumbersRiseFromParentToChild() {
        recordsOfKeys.forEach((key, records) -> assertThat(records)
                .as(key)
                .extracting(record -> new BigInteger(record.sequenceNumber()))
                .isSorted());
    }

    @Test
    void everyClosedShardEndsWithItsChildren() {
        List<String> closed = shards.values().stream()
                .filter(shard -> shard.sequenceNumberRange().endingSequenceNumber() != null)
                .map(Shard::shardId)
                .toList();
        assertThat(closed).hasSizeGreaterThanOrEqualTo(7);
        assertThat(ends).containsOnlyKeys(closed);
        assertThat(ends)
                .allSatisfy((parent, children) -> assertThat(children)
                        .extracting(ChildShard::shardId)
                        .containsExactlyInAnyOrderElementsOf(shards.values().stream()
                                .filter(shard -> parents(shard).contains(parent))
                                .map(Shard::shardId)
                                .toList()));
    }

    @Test
    void everyChildNamesItsParents() {
        assertThat(ends.values().stream().flatMap(List::stream)).isNotEmpty().allSatisfy(child -> {
            assertThat(child.parentShards()).containsExactlyInAnyOrderElementsOf(parents(shard(child.shardId())));
            assertThat(child.hashKeyRange()).isEqualTo(shard(child.shardId()).hashKeyRange());
        });
    }

    @Test
    void everyShardIsReached() {
        assertThat(recordsOfShards).containsOnlyKeys(shards.keySet());
    }

    @Test
    void theOpenShardsCoverAllHashKeysEvenly() {
        List<Shard> open = shards.values().stream()
                .filter(shard -> shard.sequenceNumberRange().endingSequenceNumber() == null)
                .sorted((a, b) -> new BigInteger(a.hashKeyRange().startingHashKey())
                        .compareTo(new BigInteger(b.hashKeyRange().startingHashKey())))
                .toList();
        BigInteger half = HASH_KEYS.shiftRight(1);
        assertThat(open)
                .extracting(shard -> shard.hashKeyRange().startingHashKey() + "-"
                        + shard.hashKeyRange().endingHashKey())
                .containsExactly("0-" + half.subtract(BigInteger.ONE), half + "-" + HASH_KEYS.subtract(BigInteger.ONE));
    }

    private void settle(String name, OrderedWriters writers) {
        streams.awaitActive(name);
        writers.awaitMore(RECORDS_BETWEEN_CHANGES);
    }

    private static void scale(KinesisAsyncClient client, String name, int shardCount) {
        assertThat(client.updateShardCount(request -> request.streamName(name)
                                .targetShardCount(shardCount)
                                .scalingType(ScalingType.UNIFORM_SCALING))
                        .join()
                        .targetShardCount())
                .isEqualTo(shardCount);
    }

    private List<String> open(String name) {
        return streams.shards(name).stream().map(Shard::shardId).toList();
    }

    private Shard shard(String id) {
        return requireNonNull(shards.get(id), () -> "ListShards has no " + id);
    }

    private static List<String> parents(Shard shard) {
        List<String> parents = new ArrayList<>();
        if (shard.parentShardId() != null) {
            parents.add(shard.parentShardId());
        }
        if (shard.adjacentParentShardId() != null) {
            parents.add(shard.adjacentParentShardId());
        }
        return parents;
    }

    private static BigInteger md5(String key) {
        try {
            return new BigInteger(1, MessageDigest.getInstance("MD5").digest(key.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
