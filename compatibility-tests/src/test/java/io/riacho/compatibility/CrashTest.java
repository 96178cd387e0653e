package io.riacho.compatibility;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.riacho.compatibility.OrderedWriters.Acknowledged;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.kinesis.KinesisAsyncClient;
import software.amazon.awssdk.services.kinesis.KinesisClient;
import software.amazon.awssdk.services.kinesis.model.Record;
import software.amazon.awssdk.services.kinesis.model.Shard;
import software.amazon.awssdk.services.kinesis.model.ShardIteratorType;
import software.amazon.awssdk.services.kinesis.model.StreamDescription;

/**
 * The server is killed (SIGKILL) under load and started again on the same folder: once alone, once with its database.
 * Each round writes a stream of its own, which it has tagged, configured and resharded before; the tests look at all of them after the
 * last restart.
 */
@Execution(ExecutionMode.CONCURRENT)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class CrashTest {

    private static final int RECORDS_OF_A_ROUND = 2_000;

    /** What was known of a stream at the time of a kill. */
    private record Round(
            StreamDescription description,
            List<Shard> shards,
            Map<String, String> tags,
            String iterator,
            List<Acknowledged> acknowledged,
            Map<String, Integer> counts) {}

    private final Map<String, Round> rounds = new LinkedHashMap<>();
    private final Map<String, Map<String, List<Record>>> recordsOfStreams = new LinkedHashMap<>();
    private @Nullable ServerProcess server;
    private TestStreams streams;
    private KinesisClient client;

    @BeforeAll
    void killUnderLoadAndRestart() {
        TestServer.assumeThatServersCanBeStarted();
        ServerProcess started = ServerProcess.started("crash", "--riacho.streams.limits.enabled=false");
        server = started;
        streams = new TestStreams(started.target());
        client = JavaClients.urlConnection(started.target());
        round(started::kill);
        started.start();
        round(started::killWithDatabase);
        started.start();
        rounds.forEach((name, round) -> {
            Map<String, List<Record>> records = new LinkedHashMap<>();
            round.shards.forEach(shard -> records.put(shard.shardId(), readToTheTip(name, shard.shardId())));
            recordsOfStreams.put(name, records);
        });
    }

    @AfterAll
    void stop() {
        if (server != null) {
            client.close();
            streams.close();
            server.close();
        }
    }

    @Test
    void everyAcknowledgedRecordIsThereInItsShardUnderItsSequenceNumber() {
        rounds.forEach((name, round) -> assertThat(lines(name))
                .containsAll(round.acknowledged.stream()
                        .map(record -> line(
                                record.shardId(),
                                record.sequenceNumber().toString(),
                                record.partitionKey(),
                                record.number()))
                        .toList()));
    }

    @Test
    void noRecordIsThereTwice() {
        rounds.forEach((name, round) -> assertThat(records(name).values().stream()
                        .flatMap(List::stream)
                        .map(record -> record.partitionKey() + " "
                                + OrderedWriters.number(record.data().asUtf8String())))
                .doesNotHaveDuplicates());
    }

    /** A batch under way at the kill may be there though nobody was told, in whole or in part; nothing before it may miss. */
    @Test
    void everyKeyCountsUpWithoutAGap() {
        rounds.forEach((name, round) -> round.counts.forEach((key, acknowledged) -> {
            List<Integer> numbers = records(name).values().stream()
                    .flatMap(List::stream)
                    .filter(record -> record.partitionKey().equals(key))
                    .map(record -> OrderedWriters.number(record.data().asUtf8String()))
                    .toList();
            assertThat(numbers)
                    .as(key)
                    .isEqualTo(IntStream.range(0, numbers.size()).boxed().toList());
            assertThat(numbers.size()).as(key).isBetween(acknowledged, acknowledged + 1);
        }));
    }

    @Test
    void sequenceNumbersStillRise() {
        recordsOfStreams.forEach((name, shards) -> shards.forEach((shard, records) -> assertThat(records)
                .extracting(record -> new BigInteger(record.sequenceNumber()))
                .isSorted()
                .doesNotHaveDuplicates()));
    }

    @Test
    void streamsAreDescribedAsBefore() {
        rounds.forEach((name, round) -> assertThat(describe(name)).isEqualTo(round.description));
    }

    @Test
    void closedAndOpenShardsAreListedAsBefore() {
        rounds.forEach((name, round) -> {
            assertThat(round.shards).hasSize(4);
            assertThat(streams.shards(name)).isEqualTo(round.shards);
        });
    }

    @Test
    void aClosedShardStillEndsWithItsChildren() {
        rounds.forEach((name, round) -> {
            String closed = round.shards.getFirst().shardId();
            var end = client.getRecords(request -> request.shardIterator(iterator(name, closed)));
            assertThat(end.records()).hasSize(1);
            var last = end.nextShardIterator() == null
                    ? end
                    : client.getRecords(request -> request.shardIterator(end.nextShardIterator()));
            assertThat(last.nextShardIterator()).isNull();
            assertThat(last.childShards()).hasSize(2);
        });
    }

    @Test
    void tagsAreAsBefore() {
        rounds.forEach(
                (name, round) -> assertThat(streams.tags(name)).hasSize(2).isEqualTo(round.tags));
    }

    @Test
    void anIteratorFromBeforeTheKillStillReads() {
        rounds.forEach((name, round) -> assertThat(client.getRecords(
                                request -> request.shardIterator(round.iterator).limit(1))
                        .records())
                .hasSize(1));
    }

    @Test
    void newSequenceNumbersAreHigherThanAllBefore() {
        rounds.forEach((name, round) -> {
            var put = client.putRecord(request -> request.streamName(name)
                    .partitionKey("after the kill")
                    .data(SdkBytes.fromUtf8String(OrderedWriters.text(0))));
            BigInteger highest = new BigInteger(
                    requireNonNull(records(name).get(put.shardId())).getLast().sequenceNumber());
            assertThat(new BigInteger(put.sequenceNumber())).isGreaterThan(highest);
        });
    }

    private void round(Runnable kill) {
        String name = streams.create(2);
        client.addTagsToStream(request -> request.streamName(name).tags(Map.of("round", name, "team", "brook")));
        client.increaseStreamRetentionPeriod(request -> request.streamName(name).retentionPeriodHours(48));
        streams.awaitActive(name);
        streams.put(name, "0 a record of the shard that is split");
        client.splitShard(request ->
                request.streamName(name).shardToSplit("shardId-000000000000").newStartingHashKey("1000"));
        streams.awaitActive(name);
        StreamDescription description = describe(name);
        List<Shard> shards = streams.shards(name);
        Map<String, String> tags = streams.tags(name);
        String iterator = iterator(name, shards.getFirst().shardId());
        Target target = requireNonNull(server).target().withoutRetries();
        try (KinesisAsyncClient impatient = JavaClients.async(target);
                OrderedWriters writers = OrderedWriters.started(impatient, name)) {
            writers.awaitMore(RECORDS_OF_A_ROUND);
            kill.run();
            rounds.put(name, new Round(description, shards, tags, iterator, writers.awaitFailure(), writers.counts()));
        }
    }

    private StreamDescription describe(String name) {
        return client.describeStream(request -> request.streamName(name)).streamDescription();
    }

    private String iterator(String name, String shardId) {
        return client.getShardIterator(request ->
                        request.streamName(name).shardId(shardId).shardIteratorType(ShardIteratorType.TRIM_HORIZON))
                .shardIterator();
    }

    private List<Record> readToTheTip(String name, String shardId) {
        List<Record> records = new ArrayList<>();
        String[] iterator = {iterator(name, shardId)};
        Pause.until(shardId + " was read to its tip", () -> {
            var answer = client.getRecords(request -> request.shardIterator(iterator[0]));
            records.addAll(answer.records());
            iterator[0] = answer.nextShardIterator();
            return answer.nextShardIterator() == null || answer.records().isEmpty() && answer.millisBehindLatest() == 0;
        });
        return records;
    }

    private Map<String, List<Record>> records(String name) {
        return requireNonNull(recordsOfStreams.get(name));
    }

    private List<String> lines(String name) {
        List<String> lines = new ArrayList<>();
        records(name)
                .forEach((shard, records) -> records.forEach(record -> lines.add(line(
                        shard,
                        record.sequenceNumber(),
                        record.partitionKey(),
                        OrderedWriters.number(record.data().asUtf8String())))));
        return lines;
    }

    private static String line(String shardId, String sequenceNumber, String partitionKey, int number) {
        return shardId + " " + sequenceNumber + " " + partitionKey + " " + number;
    }
}
