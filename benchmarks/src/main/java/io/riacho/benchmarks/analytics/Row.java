package io.riacho.benchmarks.analytics;

import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A row of {@link Averages}.
 *
 * @param begins when its window begins, in milliseconds since 1970
 * @param ticks how many records it counts
 */
record Row(String ticker, long begins, long ticks) {

    private static final JsonMapper JSON = new JsonMapper();
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss.SSS", Locale.ROOT);

    static Row of(byte[] json) {
        JsonNode row = JSON.readTree(json);
        long begins = LocalDateTime.parse(row.path("BEGINS").asString(), TIME)
                .toInstant(ZoneOffset.UTC)
                .toEpochMilli();
        return new Row(row.path("TICKER").asString(), begins, row.path("TICKS").asLong());
    }

    /** When the window ends, in milliseconds since 1970. */
    long ends() {
        return begins + Averages.WINDOW.toMillis();
    }
}
