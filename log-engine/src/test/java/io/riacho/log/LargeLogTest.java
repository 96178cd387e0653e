package io.riacho.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A log of 5 GB whose process is killed under load. Tells how long it takes to open. */
@Tag("slow")
class LargeLogTest {

    private static final int SHARDS = 100;
    private static final long RECORDS = 5_000_000;

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    /** Appends 5 GB, says so, and goes on until it is killed. */
    static final class Child {
        public static void main(String[] args) {
            EmbeddedShardLog log =
                    EmbeddedShardLog.open(LogSettings.in(Path.of(args[0])).build());
            byte[] data = new byte[1000];
            ThreadLocalRandom.current().nextBytes(data);
            Deque<CompletableFuture<Appended>> waiting = new ArrayDeque<>();
            for (long done = 0; ; done += 500) {
                Append append = new Append(500);
                for (int i = 0; i < 500; i++) {
                    append.add(i % SHARDS, data, data, 0, data.length);
                }
                waiting.add(log.append(append));
                if (waiting.size() > 4) {
                    waiting.remove().join();
                }
                if (done == RECORDS) {
                    System.out.println("written");
                }
            }
        }
    }

    @Test
    void aLargeLogIsOpenSoonAfterItsProcessWasKilled() throws Exception {
        Process child = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--enable-native-access=ALL-UNNAMED",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Child.class.getName(),
                        folder.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (BufferedReader out =
                new BufferedReader(new InputStreamReader(child.getInputStream(), StandardCharsets.UTF_8))) {
            assertThat(out.readLine()).isEqualTo("written");
            Thread.sleep(300);
            child.toHandle().destroyForcibly();
            child.waitFor();
        }
        long start = System.nanoTime();
        try (EmbeddedShardLog log = EmbeddedShardLog.open(LogSettings.in(folder).build())) {
            long opened = System.nanoTime();
            long records = 0;
            long bytes = 0;
            for (int shard = 0; shard < SHARDS; shard++) {
                records += log.endOffset(shard);
                bytes += log.sizeInBytes(shard);
            }
            System.out.printf(
                    "%,d bytes in %,d records: opened in %.3f s, %,d bytes of journal%n",
                    bytes, records, (opened - start) / 1e9, log.statistics().journalBytes());
            assertThat(records).isGreaterThanOrEqualTo(RECORDS);
            assertThat(log.statistics().damagedPlaces()).isZero();
        }
    }
}
