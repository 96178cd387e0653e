package io.riacho.log;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code kill -9} under load. */
class KilledProcessTest {

    private record Place(long shard, long offset) {}

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    private final Map<Place, String> acknowledged = new HashMap<>();
    private long nextNumber;

    @Test
    void nothingAcknowledgedIsLostOrDoubledOrMovedByKillingTheProcess() throws Exception {
        killed(Integer.getInteger("riacho.kill.rounds", 8));
    }

    @Test
    @Tag("slow")
    void andThatFortyTimes() throws Exception {
        killed(40);
    }

    private void killed(int rounds) throws Exception {
        Random random = new Random();
        for (int round = 0; round < rounds; round++) {
            runAndKill(50 + random.nextInt(450));
            verify(round);
        }
        assertThat(acknowledged).hasSizeGreaterThan(rounds);
    }

    private void runAndKill(int millis) throws IOException, InterruptedException {
        Process child = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx128m",
                        "-XX:TieredStopAtLevel=1",
                        "--enable-native-access=ALL-UNNAMED",
                        "-cp",
                        System.getProperty("java.class.path"),
                        CrashChild.class.getName(),
                        folder.toString(),
                        Long.toString(nextNumber))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        List<String> lines = new ArrayList<>();
        try (BufferedReader out = new BufferedReader(new InputStreamReader(child.getInputStream(), UTF_8))) {
            String first = out.readLine();
            assertThat(first).as("the child's first record").isNotNull();
            lines.add(first);
            Thread killer = Thread.ofPlatform().start(() -> {
                try {
                    TimeUnit.MILLISECONDS.sleep(millis);
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
                child.toHandle().destroyForcibly();
            });
            readWholeLines(out, lines);
            killer.join();
        }
        assertThat(child.waitFor()).isEqualTo(128 + 9);
        lines.forEach(this::remember);
    }

    /** The last line may be cut by the kill; only a whole one acknowledges. */
    private static void readWholeLines(BufferedReader out, List<String> lines) throws IOException {
        StringBuilder rest = new StringBuilder();
        char[] buffer = new char[1 << 16];
        for (int n = out.read(buffer); n >= 0; n = out.read(buffer)) {
            rest.append(buffer, 0, n);
            int end = rest.lastIndexOf("\n");
            if (end >= 0) {
                lines.addAll(rest.substring(0, end).lines().toList());
                rest.delete(0, end + 1);
            }
        }
    }

    private void remember(String line) {
        String[] parts = line.split(" ", -1);
        Place place = new Place(Long.parseLong(parts[0]), Long.parseLong(parts[1]));
        String before = acknowledged.put(place, parts[2] + "/" + parts[3]);
        assertThat(before).as("given twice: %s", place).isNull();
        nextNumber = Math.max(nextNumber, Long.parseLong(parts[3]) + 1000);
    }

    private void verify(int round) {
        Set<Place> missing = new HashSet<>(acknowledged.keySet());
        Set<String> keys = new HashSet<>();
        try (EmbeddedShardLog log = EmbeddedShardLog.open(TestLogs.small(folder)
                .journalFileBytes(1 << 20)
                .openingKeys(new TestKeys())
                .build())) {
            for (long shard = 0; shard < CrashChild.SHARDS; shard++) {
                LogChunk chunk = log.newChunk();
                long expected = 0;
                for (long offset = 0; offset < log.endOffset(shard); offset = chunk.nextOffset()) {
                    log.read(shard, offset, Long.MIN_VALUE, 1 << 18, chunk);
                    while (chunk.next()) {
                        assertThat(chunk.offset()).isEqualTo(expected++);
                        String key = new String(chunk.array(), chunk.keyPosition(), chunk.keyLength(), UTF_8);
                        assertThat(keys.add(key)).as("twice: %s", key).isTrue();
                        Place place = new Place(shard, chunk.offset());
                        if (missing.remove(place)) {
                            assertThat(key).as("%s", place).isEqualTo(acknowledged.get(place));
                        }
                        verifyData(chunk, key);
                    }
                }
                assertThat(expected).isEqualTo(log.endOffset(shard));
            }
            assertThat(log.statistics().damagedPlaces()).isZero();
        }
        assertThat(missing).as("acknowledged, but lost in round %s", round).isEmpty();
    }

    private static void verifyData(LogChunk chunk, String key) {
        String[] parts = key.split("/", -1);
        byte[] expected = CrashChild.data(Integer.parseInt(parts[0]), Long.parseLong(parts[1]));
        assertThat(Arrays.equals(
                        chunk.array(),
                        chunk.dataPosition(),
                        chunk.dataPosition() + chunk.dataLength(),
                        expected,
                        0,
                        expected.length))
                .as("data of %s", key)
                .isTrue();
    }
}
