package io.riacho.benchmarks.load;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** The records that every target is loaded with: 1 KiB of random bytes under a random partition key. Not thread-safe. */
public final class Records {

    public static final int DATA_BYTES = 1024;

    private final Random random = new Random(20131202);

    public KinesisRequests.Entry next() {
        return new KinesisRequests.Entry(key(), data());
    }

    public List<KinesisRequests.Entry> next(int count) {
        List<KinesisRequests.Entry> entries = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            entries.add(next());
        }
        return entries;
    }

    /** A record whose data begins with two numbers, to be known again when it is read. */
    public KinesisRequests.Entry marked(long mark, long number) {
        byte[] data = data();
        ByteBuffer.wrap(data).putLong(mark).putLong(number);
        return new KinesisRequests.Entry(key(), data);
    }

    public long mark() {
        return random.nextLong();
    }

    private String key() {
        return Long.toHexString(random.nextLong());
    }

    private byte[] data() {
        byte[] data = new byte[DATA_BYTES];
        random.nextBytes(data);
        return data;
    }
}
