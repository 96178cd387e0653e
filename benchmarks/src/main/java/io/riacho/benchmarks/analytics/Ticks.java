package io.riacho.benchmarks.analytics;

import io.riacho.benchmarks.load.KinesisRequests;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** JSON records of about a hundred bytes, each the price of a share. Not thread-safe. */
final class Ticks {

    static final int TICKERS = 100;

    private final Random random = new Random(20261126);

    byte[] next() {
        StringBuilder json = new StringBuilder(128);
        json.append("{\"ticker\":\"T").append(random.nextInt(TICKERS));
        json.append("\",\"price\":")
                .append(random.nextInt(1000))
                .append('.')
                .append(random.nextInt(100))
                .append(",\"volume\":")
                .append(random.nextInt(10_000));
        json.append(",\"exchange\":\"NYSE\",\"sector\":\"TECHNOLOGY\",\"change\":")
                .append(random.nextInt(10))
                .append('}');
        return json.toString().getBytes(StandardCharsets.US_ASCII);
    }

    List<byte[]> next(int count) {
        List<byte[]> ticks = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            ticks.add(next());
        }
        return ticks;
    }

    /** As records of a stream, under random partition keys. */
    List<KinesisRequests.Entry> entries(int count) {
        List<KinesisRequests.Entry> entries = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            entries.add(new KinesisRequests.Entry(Long.toHexString(random.nextLong()), next()));
        }
        return entries;
    }
}
