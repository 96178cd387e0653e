package io.riacho.streams.wire;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/**
 * The process is killed while two principals put records. What is metered is then what is in the log, to the record and
 * to the byte; and of each principal at least what it was acknowledged.
 */
@Timeout(value = 600, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class UsageCrashTest {

    private static final String STREAM = "killed";
    private static final int SHARDS = 3;
    private static final int WRITERS = 6;
    private static final int MOST_RECORDS = 8;
    private static final int LARGEST = 60_000;
    private static final String ROOT = "arn:aws:iam::" + WireServer.ACCOUNT + ":root";

    @TempDir
    private Path folder;

    private final Map<String, AtomicLong> acknowledged = new ConcurrentHashMap<>();
    private final AtomicLong count = new AtomicLong();

    @Test
    void whatIsMeteredIsWhatIsInTheLogHoweverOftenTheProcessIsKilled() throws Exception {
        killed(2);
    }

    @Test
    @Tag("slow")
    void andThatTwentyTimes() throws Exception {
        killed(20);
    }

    private record Sums(long records, long bytes, long units) {}

    private void killed(int rounds) throws Exception {
        try (KillableServer server = new KillableServer(
                folder,
                "--riacho.streams.transition=20ms",
                "--riacho.streams.limits.enabled=false",
                // Often enough that some kills come in between.
                "--riacho.usage.interval=50ms",
                "--riacho.usage.journal-file-size=4KB")) {
            server.start();
            server.call("CreateStream", "StreamName", STREAM, "ShardCount", SHARDS)
                    .isEmpty();
            server.awaitActive(STREAM);
            for (int i = 0; i < rounds; i++) {
                load(server, 300 + ThreadLocalRandom.current().nextInt(200));
                server.start();
                check(server);
            }
        }
    }

    private void load(KillableServer server, int puts) {
        long enough = count.get() + puts;
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < WRITERS; i++) {
                boolean isRoot = i % 2 == 0;
                threads.execute(() -> write(server, isRoot));
            }
            try {
                WireServer.await(() -> count.get() >= enough);
            } finally {
                server.kill();
            }
        }
    }

    /** Until the server is gone. */
    private void write(KillableServer server, boolean isRoot) {
        String who = isRoot ? ROOT : "other";
        ThreadLocalRandom random = ThreadLocalRandom.current();
        try {
            while (true) {
                int records = 1 + random.nextInt(MOST_RECORDS);
                List<Object> batch = new ArrayList<>();
                for (int i = 0; i < records; i++) {
                    batch.add(WireServer.object(
                            "PartitionKey",
                            Integer.toString(random.nextInt(1000)),
                            "Data",
                            Base64.getEncoder().encodeToString(new byte[random.nextInt(LARGEST)])));
                }
                Object[] members = {"StreamName", STREAM, "Records", batch};
                JsonNode answer = (isRoot
                                ? server.call("PutRecords", members)
                                : server.callAsOther("PutRecords", members))
                        .json();
                assertThat(answer.path("FailedRecordCount").asInt()).isZero();
                acknowledged.computeIfAbsent(who, _ -> new AtomicLong()).addAndGet(records);
                count.incrementAndGet();
            }
        } catch (UncheckedIOException e) {
            // The server is gone.
        }
    }

    private void check(KillableServer server) {
        Sums inLog = inLog(server);
        Map<String, Long> byPrincipal = new TreeMap<>();
        server.jdbc()
                .sql("select s.principal, sum(h.amount) from streams.usage_hour h join streams.usage_subject s"
                        + " on s.id = h.subject where h.meter = 'streams.records-in' group by s.principal")
                .query(row -> {
                    byPrincipal.put(row.getString(1).contains("user/") ? "other" : row.getString(1), row.getLong(2));
                });

        assertThat(new Sums(
                        metered(server, "records-in"),
                        metered(server, "bytes-in"),
                        metered(server, "put-payload-units")))
                .isEqualTo(inLog);
        long unknown = byPrincipal.getOrDefault("unknown", 0L);
        acknowledged.forEach((who, records) ->
                assertThat(byPrincipal.getOrDefault(who, 0L)).as(who).isBetween(records.get(), inLog.records()));
        // Nobody's are those of requests that were under way when the process was killed.
        assertThat(unknown)
                .isLessThanOrEqualTo(inLog.records()
                        - acknowledged.values().stream()
                                .mapToLong(AtomicLong::get)
                                .sum());
    }

    private static long metered(KillableServer server, String meter) {
        return server.jdbc()
                .sql("select coalesce(sum(amount), 0) from streams.usage_hour where meter = :meter")
                .param("meter", "streams." + meter)
                .query((row, _) -> row.getLong(1))
                .single();
    }

    private static Sums inLog(KillableServer server) {
        long records = 0;
        long bytes = 0;
        long units = 0;
        for (int shard = 0; shard < SHARDS; shard++) {
            String iterator = server.call(
                            "GetShardIterator",
                            "StreamName",
                            STREAM,
                            "ShardId",
                            "shardId-00000000000" + shard,
                            "ShardIteratorType",
                            "TRIM_HORIZON")
                    .json()
                    .path("ShardIterator")
                    .asString();
            JsonNode answer;
            do {
                answer = server.call("GetRecords", "ShardIterator", iterator).json();
                for (JsonNode record : answer.path("Records")) {
                    int size = record.path("PartitionKey").asString().getBytes(UTF_8).length
                            + Base64.getDecoder().decode(record.path("Data").asString()).length;
                    records++;
                    bytes += size;
                    units += Math.max(1, Math.ceilDiv(size, 25 * 1024));
                }
                iterator = answer.path("NextShardIterator").asString();
            } while (!answer.path("Records").isEmpty()
                    || answer.path("MillisBehindLatest").asLong() > 0);
        }
        return new Sums(records, bytes, units);
    }
}
