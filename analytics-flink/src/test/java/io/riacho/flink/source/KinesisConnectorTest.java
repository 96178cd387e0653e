package io.riacho.flink.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.riacho.aggregation.Aggregator;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.apache.flink.api.common.JobID;
import org.apache.flink.api.common.JobStatus;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.services.kinesis.model.Record;
import software.amazon.awssdk.services.kinesis.model.Shard;
import tools.jackson.databind.JsonNode;

/** Flink SQL that reads a stream and writes another one. */
class KinesisConnectorTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final KinesisServer kinesis = KinesisServer.shared();
    private final TestCluster cluster = TestCluster.shared();
    private final List<JobID> jobs = new ArrayList<>();

    @AfterEach
    void cancel() {
        jobs.forEach(cluster::cancel);
    }

    @Test
    void rowsOfOneStreamBecomeRecordsOfAnother() {
        String in = kinesis.newStream(2);
        String out = kinesis.newStream(1);
        kinesis.putIds(in, 0, 1200);

        start(2, null, in, out);

        awaitIds(out, 1200);
    }

    @Test
    void enhancedFanOutReadsTheSame() {
        String in = kinesis.newStream(2);
        String out = kinesis.newStream(1);
        kinesis.putIds(in, 0, 600);

        start(2, null, in, out, "source.reader.type", "EFO", "source.efo.consumer.name", "analytics");
        awaitIds(out, 600);
        kinesis.putIds(in, 600, 1200);

        awaitIds(out, 1200);
    }

    @Test
    void aStopAndARestoreAtOtherParallelismsLoseAndRepeatNothing() {
        String in = kinesis.newStream(4);
        String out = kinesis.newStream(1);
        kinesis.putIds(in, 0, 2000);
        JobID first = start(1, null, in, out);
        awaitCount(out, 500);

        String savepoint = cluster.stop(first);
        kinesis.putIds(in, 2000, 4000);
        JobID second = start(3, savepoint, in, out);
        awaitCount(out, 2500);
        savepoint = cluster.stop(second);
        start(2, savepoint, in, out);

        awaitIds(out, 4000);
    }

    @Test
    void shardsThatSplitAndMergeAreReadOnAndParentsFirst() {
        String in = kinesis.newStream(2);
        String out = kinesis.newStream(1);
        putKeyed(in, 0, 200);
        startTimed(2, null, in, out, "source.shard.discovery.interval", "1 s");
        awaitCount(out, 100);

        split(in);
        putKeyed(in, 200, 400);
        merge(in);
        putKeyed(in, 400, 600);

        awaitReadInOrder(out, 600);
        assertThat(kinesis.openShards(in)).hasSize(2);
    }

    @Test
    void shardsThatSplitAreReadOnByEnhancedFanOut() {
        String in = kinesis.newStream(1);
        String out = kinesis.newStream(1);
        putKeyed(in, 0, 200);
        startTimed(2, null, in, out, "source.reader.type", "EFO", "source.efo.consumer.name", "analytics");
        awaitCount(out, 100);

        split(in);
        putKeyed(in, 200, 400);

        awaitReadInOrder(out, 400);
    }

    @Test
    void shardsThatSplitWhileNobodyReadsAreReadInOrderAfterTheRestore() {
        String in = kinesis.newStream(1);
        String out = kinesis.newStream(1);
        putKeyed(in, 0, 200);
        JobID first = startTimed(2, null, in, out);
        awaitCount(out, 100);
        String savepoint = cluster.stop(first);

        split(in);
        putKeyed(in, 200, 400);
        merge(in);
        putKeyed(in, 400, 600);
        startTimed(3, savepoint, in, out);

        awaitReadInOrder(out, 600);
    }

    @Test
    void theLossOfATaskManagerLosesNothing() {
        String in = kinesis.newStream(3);
        String out = kinesis.newStream(1);
        JobID job = start(3, null, in, out);
        kinesis.putIds(in, 0, 1000);
        awaitCount(out, 300);

        cluster.loseTaskManager();
        kinesis.putIds(in, 1000, 2000);

        await().atMost(PATIENCE).until(() -> Set.copyOf(ids(out)).size() == 2000);
        assertThat(cluster.status(job)).isEqualTo(JobStatus.RUNNING);
    }

    @Test
    void theLossOfATaskManagerCountsNoRowTwiceInTheState() {
        String in = kinesis.newStream(3);
        String out = kinesis.newStream(1);
        kinesis.putIds(in, 0, 1000);
        JobID job = cluster.start(
                3,
                null,
                List.of(
                        "CREATE TABLE source (id INT, ts TIMESTAMP(3) METADATA FROM 'rowtime',"
                                + " WATERMARK FOR ts AS SOURCE_WATERMARK()) WITH ("
                                + kinesis.options(in, "source.init.position", "TRIM_HORIZON", "format", "json") + ")",
                        "CREATE TABLE target (n BIGINT) WITH (" + kinesis.options(out, "format", "json") + ")"),
                // A count that only grows: the last one that is written has seen every row once.
                "INSERT INTO target SELECT COUNT(*) OVER (ORDER BY ts) FROM source");
        jobs.add(job);
        awaitCount(out, 300);

        cluster.loseTaskManager();
        kinesis.putIds(in, 1000, 2000);

        await().atMost(PATIENCE).until(() -> highest(out) >= 2000);
        assertThat(highest(out)).isEqualTo(2000);
    }

    @Test
    void windowsCloseInSilenceThoughAReaderHasNoShard() {
        String in = kinesis.newStream(1);
        String out = kinesis.newStream(1);
        jobs.add(cluster.start(
                3,
                null,
                List.of(
                        "CREATE TABLE source (id INT, ts TIMESTAMP(3) METADATA FROM 'rowtime',"
                                + " WATERMARK FOR ts AS SOURCE_WATERMARK()) WITH ("
                                + kinesis.options(in, "source.init.position", "TRIM_HORIZON", "format", "json") + ")",
                        "CREATE TABLE target (n BIGINT) WITH (" + kinesis.options(out, "format", "json") + ")"),
                "INSERT INTO target SELECT COUNT(*) FROM TABLE(TUMBLE(TABLE source, DESCRIPTOR(ts), INTERVAL '1'"
                        + " SECOND)) GROUP BY window_start, window_end"));

        kinesis.putIds(in, 0, 100);

        await().atMost(PATIENCE)
                .until(() -> kinesis.texts(out).stream()
                                .mapToInt(text -> Integer.parseInt(text.replaceAll("\\D", "")))
                                .sum()
                        == 100);
    }

    @Test
    void aWatermarkByTheClockBelongsToTheRowtime() {
        String in = kinesis.newStream(1);
        String table = "CREATE TABLE source (id INT, ts TIMESTAMP_LTZ(3) METADATA FROM 'timestamp',"
                + " WATERMARK FOR ts AS SOURCE_WATERMARK()) WITH (" + kinesis.options(in, "format", "json") + ")";

        assertThatThrownBy(() -> cluster.start(
                        1,
                        null,
                        List.of(
                                table,
                                "CREATE TABLE target (id INT) WITH (" + kinesis.options(in, "format", "json") + ")"),
                        "INSERT INTO target SELECT id FROM source"))
                .hasStackTraceContaining("METADATA FROM 'rowtime', not to ts");
    }

    @Test
    void aRecordTellsWhereItComesFrom() {
        String in = kinesis.newStream(1);
        String out = kinesis.newStream(1);
        jobs.add(cluster.start(
                1,
                null,
                List.of(
                        "CREATE TABLE source (id INT, k STRING METADATA FROM 'partition-key',"
                                + " s STRING METADATA FROM 'shard-id', n STRING METADATA FROM 'sequence-number',"
                                + " u BIGINT METADATA FROM 'sub-sequence-number',"
                                + " t TIMESTAMP_LTZ(3) METADATA FROM 'timestamp') WITH ("
                                + kinesis.options(in, "source.init.position", "TRIM_HORIZON", "format", "json") + ")",
                        "CREATE TABLE target (id INT, k STRING, s STRING, n STRING, u BIGINT, t BIGINT) WITH ("
                                + kinesis.options(out, "format", "json") + ")"),
                "INSERT INTO target SELECT id, k, s, n, u, UNIX_TIMESTAMP(CAST(t AS STRING)) FROM source"));

        Aggregator aggregator = new Aggregator("user");
        aggregator.add(ByteBuffer.wrap("{\"id\":1}".getBytes(StandardCharsets.UTF_8)));
        aggregator.add(ByteBuffer.wrap("{\"id\":2}".getBytes(StandardCharsets.UTF_8)));
        kinesis.put(in, "stored", aggregator.storedRecord());

        awaitCount(out, 2);
        Record stored = kinesis.records(in).getFirst();
        assertThat(kinesis.texts(out)).containsExactly(row(1, stored, 0), row(2, stored, 1));
    }

    private static String row(int id, Record stored, int sub) {
        return "{\"id\":" + id + ",\"k\":\"user\",\"s\":\"shardId-000000000000\",\"n\":\"" + stored.sequenceNumber()
                + "\",\"u\":" + sub + ",\"t\":"
                + stored.approximateArrivalTimestamp().getEpochSecond() + "}";
    }

    @Test
    void theLatestIsWhatComesAfterTheStart() {
        String in = kinesis.newStream(1);
        String out = kinesis.newStream(1);
        kinesis.putIds(in, 5000, 5100);
        JobID job = start(1, null, in, out, "source.init.position", "LATEST");
        cluster.awaitRunning(job);

        await().atMost(PATIENCE).until(() -> {
            kinesis.putIds(in, 0, 1);
            return !kinesis.records(out).isEmpty();
        });

        assertThat(ids(out)).containsOnly(0);
    }

    @Test
    void eachTableMayReadItsShareOfTheShards() {
        String in = kinesis.newStream(3);
        String out = kinesis.newStream(1);
        kinesis.putIds(in, 0, 300);
        String table = " (id INT, s STRING METADATA FROM 'shard-id') WITH ("
                + kinesis.options(in, "source.init.position", "TRIM_HORIZON", "format", "json", "shards.modulo", "2");
        jobs.add(cluster.start(
                1,
                null,
                List.of(
                        "CREATE TABLE even" + table + ", 'shards.remainder' = '0')",
                        "CREATE TABLE odd" + table + ", 'shards.remainder' = '1')",
                        "CREATE TABLE target (id INT, s STRING) WITH (" + kinesis.options(out, "format", "json") + ")"),
                "INSERT INTO target SELECT id, 'even' || s FROM even UNION ALL SELECT id, 'odd' || s FROM odd"));

        awaitCount(out, 300);
        assertThat(kinesis.texts(out)).hasSize(300);
        assertThat(kinesis.texts(out).stream()
                        .map(text -> text.replaceAll(".*\"s\":\"(\\w+)shardId-0*(\\d+).*", "$1$2"))
                        .distinct())
                .containsExactlyInAnyOrder("even0", "odd1", "even2");
    }

    @Test
    void aStreamThatIsNotThereFailsTheJobWithAClearText() {
        String in = kinesis.newStream(1);
        String out = kinesis.newStream(1);
        JobID job = start(1, null, in, out, "source.shard.discovery.interval", "1 h");
        kinesis.putIds(in, 0, 10);
        awaitCount(out, 10);

        kinesis.client().deleteStream(request -> request.streamName(in)).join();

        assertThat(cluster.awaitFailure(job))
                .contains("The stream " + KinesisServer.arn(in) + " is not there (any more)");
    }

    @Test
    void whoMayNotReadIsToldSo() {
        String in = kinesis.newStream(1);
        AwsBasicCredentials nobody =
                kinesis.user("{\"Effect\":\"Allow\",\"Action\":\"kinesis:ListShards\",\"Resource\":\"*\"}");
        JobID job = cluster.start(
                1,
                null,
                List.of(
                        "SET 'restart-strategy.type' = 'none'",
                        "CREATE TABLE source (id INT) WITH ('connector' = 'kinesis', 'format' = 'json', 'stream.arn' ="
                                + " '"
                                + KinesisServer.arn(in) + "', 'aws.endpoint' = '" + kinesis.endpoint()
                                + "', 'aws.credentials.basic.accesskeyid' = '" + nobody.accessKeyId()
                                + "', 'aws.credentials.basic.secretkey' = '" + nobody.secretAccessKey() + "')",
                        "CREATE TABLE target (id INT) WITH (" + kinesis.options(in, "format", "json") + ")"),
                "INSERT INTO target SELECT id FROM source");
        jobs.add(job);

        assertThat(cluster.awaitFailure(job))
                .contains("The stream " + KinesisServer.arn(in) + " cannot be read", "not authorized");
    }

    @Test
    void aKeyThatTheServiceDoesNotKnowFailsTheJob() {
        JobID job = cluster.start(
                1,
                null,
                List.of(
                        "CREATE TABLE source (id INT) WITH ('connector' = 'kinesis', 'format' = 'json', 'stream' ="
                                + " 'none', 'aws.region' = 'eu-central-1', 'aws.endpoint' = '" + kinesis.endpoint()
                                + "', 'aws.credentials.basic.accesskeyid' = 'AKIANOBODY',"
                                + " 'aws.credentials.basic.secretkey' = 'no-secret-of-anybody')",
                        "CREATE TABLE target (id INT) WITH ("
                                + kinesis.options("none", "format", "json", "sink.partitioner", "fixed") + ")"),
                "INSERT INTO target SELECT id FROM source");
        jobs.add(job);

        await().atMost(PATIENCE).until(() -> !cluster.failures(job).isEmpty());
        assertThat(cluster.failures(job))
                .contains("The stream none cannot be read")
                .doesNotContain("no-secret-of-anybody");
    }

    @Test
    void aColumnMayBeThePartitionKey() {
        String in = kinesis.newStream(1);
        String out = kinesis.newStream(1);
        kinesis.put(in, "{\"a\":\"x\",\"b\":7}");
        jobs.add(cluster.start(
                1,
                null,
                List.of(
                        "CREATE TABLE source (a STRING, b INT) WITH ("
                                + kinesis.options(in, "source.init.position", "TRIM_HORIZON", "format", "json") + ")",
                        "CREATE TABLE target (a STRING, b INT) PARTITIONED BY (a, b) WITH ("
                                + kinesis.options(out, "format", "json") + ")"),
                "INSERT INTO target SELECT a, b FROM source"));

        awaitCount(out, 1);
        assertThat(kinesis.records(out).getFirst().partitionKey()).isEqualTo("x|7");
    }

    /** As {@code putIds}, with five keys. */
    private void putKeyed(String stream, int from, int to) {
        for (int id = from; id < to; id++) {
            kinesis.put(stream, "key-" + id % 5, ("{\"id\":" + id + "}").getBytes(StandardCharsets.UTF_8));
        }
    }

    private void split(String stream) {
        Shard shard = kinesis.openShards(stream).getFirst();
        BigInteger first = new BigInteger(shard.hashKeyRange().startingHashKey());
        BigInteger last = new BigInteger(shard.hashKeyRange().endingHashKey());
        kinesis.client()
                .splitShard(request -> request.streamName(stream)
                        .shardToSplit(shard.shardId())
                        .newStartingHashKey(first.add(last).shiftRight(1).toString()))
                .join();
        kinesis.awaitActive(stream);
    }

    private void merge(String stream) {
        List<Shard> shards = kinesis.openShards(stream).stream()
                .sorted(Comparator.comparing(
                        shard -> new BigInteger(shard.hashKeyRange().startingHashKey())))
                .toList();
        kinesis.client()
                .mergeShards(request -> request.streamName(stream)
                        .shardToMerge(shards.get(0).shardId())
                        .adjacentShardToMerge(shards.get(1).shardId()))
                .join();
        kinesis.awaitActive(stream);
    }

    private List<Integer> ids(String stream) {
        return kinesis.texts(stream).stream()
                .map(text -> Integer.parseInt(text.replaceAll("\\D", "")))
                .toList();
    }

    private int highest(String stream) {
        return ids(stream).stream().mapToInt(Integer::intValue).max().orElse(0);
    }

    private void awaitCount(String stream, int count) {
        await().atMost(PATIENCE).until(() -> kinesis.records(stream).size() >= count);
    }

    private JobID start(int parallelism, @Nullable String savepoint, String in, String out, String... more) {
        JobID job = cluster.start(
                parallelism,
                savepoint,
                List.of(
                        "CREATE TABLE source (id INT) WITH ("
                                + kinesis.options(in, "format", "json")
                                + (Arrays.asList(more).contains("LATEST")
                                        ? ""
                                        : ", 'source.init.position' = 'TRIM_HORIZON'")
                                + more(more) + ")",
                        "CREATE TABLE target (id INT) WITH (" + kinesis.options(out, "format", "json") + ")"),
                "INSERT INTO target SELECT id FROM source");
        jobs.add(job);
        return job;
    }

    private static String more(String... more) {
        StringBuilder options = new StringBuilder();
        for (int i = 0; i < more.length; i += 2) {
            options.append(", '")
                    .append(more[i])
                    .append("' = '")
                    .append(more[i + 1])
                    .append('\'');
        }
        return options.toString();
    }

    /** As {@code start}, with the time at which each row was read. */
    private JobID startTimed(int parallelism, @Nullable String savepoint, String in, String out, String... more) {
        JobID job = cluster.start(
                parallelism,
                savepoint,
                List.of(
                        "CREATE TABLE source (id INT, t TIMESTAMP(3) METADATA FROM 'rowtime') WITH ("
                                + kinesis.options(in, "format", "json", "source.init.position", "TRIM_HORIZON")
                                + more(more) + ")",
                        "CREATE TABLE target (id INT, t TIMESTAMP(3)) WITH (" + kinesis.options(out, "format", "json")
                                + ")"),
                "INSERT INTO target SELECT id, t FROM source");
        jobs.add(job);
        return job;
    }

    /** Each id once, and those of one key in the order of their writing. */
    private void awaitReadInOrder(String out, int count) {
        awaitCount(out, count);
        List<JsonNode> rows = kinesis.texts(out).stream()
                .map(text -> HttpStub.JSON.readTree(text))
                .sorted(Comparator.comparingInt(row -> row.get("id").asInt()))
                .toList();
        assertThat(rows.stream().map(row -> row.get("id").asInt()))
                .containsExactlyElementsOf(IntStream.range(0, count).boxed().toList());
        for (int key = 0; key < 5; key++) {
            int of = key;
            assertThat(rows.stream()
                            .filter(row -> row.get("id").asInt() % 5 == of)
                            .map(row -> row.get("t").asString()))
                    .isSorted();
        }
    }

    private void awaitIds(String out, int count) {
        await().atMost(PATIENCE).until(() -> kinesis.records(out).size() >= count);
        assertThat(kinesis.texts(out))
                .containsExactlyInAnyOrderElementsOf(IntStream.range(0, count)
                        .mapToObj(id -> "{\"id\":" + id + "}")
                        .toList());
    }
}
