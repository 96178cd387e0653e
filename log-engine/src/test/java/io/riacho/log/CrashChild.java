package io.riacho.log;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.PrintStream;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Random;

/**
 * A process to be killed: appends from several threads, half of it encrypted, and prints each record once it is acknowledged, as
 * {@code shard offset thread number}. A record's data is made from its thread and number, so that it can be checked.
 */
final class CrashChild {

    static final int SHARDS = 5;
    static final int THREADS = 6;

    private CrashChild() {}

    public static void main(String[] args) throws InterruptedException {
        Path folder = Path.of(args[0]);
        long firstNumber = Long.parseLong(args[1]);
        EmbeddedShardLog log = EmbeddedShardLog.open(TestLogs.small(folder)
                .journalFileBytes(1 << 20)
                .writeBehindDelay(java.time.Duration.ofMillis(100))
                .build());
        PrintStream out = new PrintStream(new java.io.FileOutputStream(java.io.FileDescriptor.out), false, UTF_8);
        for (int t = 0; t < THREADS; t++) {
            int thread = t;
            Thread.ofPlatform().start(() -> appendForever(log, thread, firstNumber, out));
        }
        Thread.sleep(60_000);
        System.exit(3);
    }

    private static void appendForever(ShardLog log, int thread, long firstNumber, PrintStream out) {
        TestKeys keys = new TestKeys();
        Random random = new Random(firstNumber * THREADS + thread);
        long number = firstNumber;
        while (true) {
            int count = 1 + random.nextInt(random.nextInt(10) == 0 ? 40 : 4);
            Append append = new Append(count);
            for (int i = 0; i < count; i++) {
                byte[] data = data(thread, number + i);
                append.add(random.nextInt(SHARDS), key(thread, number + i), data, 0, data.length);
            }
            if (random.nextBoolean()) {
                append.sealWith(keys.key(1 + thread));
            }
            Appended appended = log.append(append).join();
            StringBuilder lines = new StringBuilder();
            for (int i = 0; i < count; i++) {
                lines.append(append.shard(i))
                        .append(' ')
                        .append(appended.offset(i))
                        .append(' ')
                        .append(thread)
                        .append(' ')
                        .append(number + i)
                        .append('\n');
            }
            synchronized (out) {
                out.print(lines);
                out.flush();
            }
            number += count;
        }
    }

    static byte[] key(int thread, long number) {
        return (thread + "/" + number).getBytes(UTF_8);
    }

    /** Of a length between 16 and about 1,000 bytes that follows from the number, as its content does. */
    static byte[] data(int thread, long number) {
        long seed = number * THREADS + thread;
        byte[] data = new byte[16 + (int) (seed * 0x9E3779B97F4A7C15L >>> 54)];
        for (int i = 0; i < data.length; i++) {
            data[i] = (byte) (seed * 31 + i * 7L);
        }
        ByteBuffer.wrap(data).putInt(thread).putLong(number);
        return data;
    }
}
