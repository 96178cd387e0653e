package io.riacho.flink.sink;

import java.io.Serializable;
import java.nio.charset.StandardCharsets;

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

    long bytes() {
        return data.length + (key.isEmpty() ? 0L : key.getBytes(StandardCharsets.UTF_8).length);
    }
}
