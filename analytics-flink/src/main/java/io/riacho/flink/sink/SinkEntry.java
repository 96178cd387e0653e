package io.riacho.flink.sink;

import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/**
 * A record on its way out.
 *
 * @param key its partition key; empty where it has none
 * @param data not to be changed
 * @param failures how often it was tried in vain
 */
@SuppressWarnings("ArrayRecordComponent") // compared by nobody, and made for every row
record SinkEntry(String key, byte[] data, int failures) implements Serializable {

    private static final long serialVersionUID = 1L;

    SinkEntry failed() {
        return new SinkEntry(key, data, failures + 1);
    }

    /** Those of a request that were not taken, by their places in it. */
    static List<SinkEntry> left(List<SinkEntry> entries, IntPredicate wasRefused) {
        return IntStream.range(0, entries.size())
                .filter(wasRefused)
                .mapToObj(place -> entries.get(place).failed())
                .toList();
    }

    long bytes() {
        return data.length + (key.isEmpty() ? 0L : key.getBytes(StandardCharsets.UTF_8).length);
    }
}
