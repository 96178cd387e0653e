package io.riacho.streams.wire;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.riacho.streams.TestKeyService;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/**
 * The process is killed while an encrypted stream takes records, and while encryption is being stopped and started. Each
 * round has keys of its own, under which its writers count.
 */
@Timeout(value = 240, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class EncryptedCrashTest {

    private static final int WRITERS = 4;
    private static final int BATCH = 5;
    private static final String TEXT = "KNOWN-PLAINTEXT";
    private static final String START = "StartStreamEncryption";
    private static final String STOP = "StopStreamEncryption";

    @TempDir
    private Path folder;

    /** The sequence numbers that were acknowledged, by key, in the order of the records' numbers. */
    private final Map<String, List<String>> acknowledged = new ConcurrentHashMap<>();

    private final AtomicInteger count = new AtomicInteger();

    @Test
    void everyAcknowledgedRecordIsReadBackInOrderAndOnceAfterAKill() throws Exception {
        killed(0, 20);
    }

    @Test
    @Tag("slow")
    void andThatAtFourMomentsOfAChange() throws Exception {
        killed(0, 20, 40, 60);
    }

    /** @param later so many records after each change has begun, or ended */
    private void killed(int... later) throws Exception {
        try (KillableServer server = new KillableServer(
                folder, "--riacho.streams.transition=20ms", "--riacho.streams.limits.enabled=false")) {
            server.start();
            String stream = "crashing";
            server.call("CreateStream", "StreamName", stream, "ShardCount", 2).isEmpty();
            server.awaitActive(stream);
            change(server, stream, START);
            server.awaitActive(stream);

            round(server, stream, 0, () -> {});
            assertThat(filesWith(TEXT))
                    .as("after the kill of an encrypted stream")
                    .isEmpty();
            server.start();
            assertThat(encryption(server, stream)).isEqualTo("KMS");
            check(server, stream);
            for (int i = 0; i < later.length; i++) {
                int records = later[i];
                String operation = encryption(server, stream).equals("KMS") ? STOP : START;
                round(server, stream, i + 1, () -> {
                    int before = count.get();
                    if (records == 0) {
                        Thread.startVirtualThread(() -> attempt(() -> change(server, stream, operation)));
                    } else {
                        change(server, stream, operation);
                    }
                    WireServer.await(() -> count.get() >= before + records);
                });
                server.start();
                server.awaitActive(stream);
                check(server, stream);
            }
        }
    }

    /** Writes, does something, and kills the server meanwhile. */
    private void round(KillableServer server, String stream, int number, Runnable meanwhile) {
        int enough = count.get() + 200;
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < WRITERS; i++) {
                String key = "round-" + number + "-writer-" + i;
                threads.execute(() -> attempt(() -> write(server, stream, key)));
            }
            try {
                WireServer.await(() -> count.get() >= enough);
                meanwhile.run();
            } finally {
                server.kill();
            }
        }
    }

    /** Until the server is gone. */
    private void write(KillableServer server, String stream, String key) {
        List<String> own = acknowledged.computeIfAbsent(key, _ -> new ArrayList<>());
        while (true) {
            int first = own.size();
            List<Object> records = IntStream.range(first, first + BATCH)
                    .<Object>mapToObj(number -> WireServer.object(
                            "PartitionKey",
                            key,
                            "Data",
                            Base64.getEncoder().encodeToString((number + " " + TEXT).getBytes(UTF_8))))
                    .toList();
            JsonNode answer = server.call("PutRecords", "StreamName", stream, "Records", records)
                    .json();
            assertThat(answer.path("FailedRecordCount").asInt()).isZero();
            answer.path("Records")
                    .forEach(record -> own.add(record.path("SequenceNumber").asString()));
            count.addAndGet(BATCH);
        }
    }

    private static void attempt(Runnable call) {
        try {
            call.run();
        } catch (UncheckedIOException e) {
            // The server is gone.
        }
    }

    private static void change(KillableServer server, String stream, String operation) {
        server.call(operation, "StreamName", stream, "EncryptionType", "KMS", "KeyId", TestKeyService.MANAGED)
                .isEmpty();
    }

    private static String encryption(KillableServer server, String stream) {
        return server.summary(stream).path("EncryptionType").asString("NONE");
    }

    /** What is read back is what was acknowledged, and whole records of a batch that was under way. */
    private void check(KillableServer server, String stream) {
        Map<String, List<String>> read = new TreeMap<>();
        List<String> shards = new ArrayList<>();
        server.call("ListShards", "StreamName", stream)
                .json()
                .path("Shards")
                .forEach(shard -> shards.add(shard.path("ShardId").asString()));
        for (String shard : shards) {
            String iterator = server.call(
                            "GetShardIterator",
                            "StreamName",
                            stream,
                            "ShardId",
                            shard,
                            "ShardIteratorType",
                            "TRIM_HORIZON")
                    .json()
                    .path("ShardIterator")
                    .asString();
            JsonNode answer;
            do {
                answer = server.call("GetRecords", "ShardIterator", iterator).json();
                for (JsonNode record : answer.path("Records")) {
                    List<String> ofKey =
                            read.computeIfAbsent(record.path("PartitionKey").asString(), _ -> new ArrayList<>());
                    String data = new String(
                            Base64.getDecoder().decode(record.path("Data").asString()), UTF_8);
                    assertThat(data).isEqualTo(ofKey.size() + " " + TEXT);
                    ofKey.add(record.path("SequenceNumber").asString());
                }
                iterator = answer.path("NextShardIterator").asString();
            } while (!answer.path("Records").isEmpty()
                    || answer.path("MillisBehindLatest").asLong() > 0);
        }
        assertThat(read.keySet()).isEqualTo(new TreeMap<>(acknowledged).keySet());
        acknowledged.forEach((key, numbers) -> {
            List<String> found = read.getOrDefault(key, List.of());
            assertThat(found).as(key).startsWith(numbers.toArray(String[]::new)).doesNotHaveDuplicates();
            assertThat(found.size()).as(key).isLessThanOrEqualTo(numbers.size() + BATCH);
        });
    }

    private List<Path> filesWith(String text) throws IOException {
        try (Stream<Path> files = Files.walk(folder.resolve("data"))) {
            List<Path> found = new ArrayList<>();
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                if (new String(Files.readAllBytes(file), ISO_8859_1).contains(text)) {
                    found.add(file);
                }
            }
            return found;
        }
    }
}
