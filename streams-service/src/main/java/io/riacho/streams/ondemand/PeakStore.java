package io.riacho.streams.ondemand;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongPredicate;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The busiest interval of each of a stream's last 30 days, in PostgreSQL; written only when a day's peak rises. Not
 * thread-safe.
 */
public final class PeakStore {

    private static final int DAYS = 30;

    private final JdbcClient jdbc;
    private final Map<Long, Map<LocalDate, Double>> known = new HashMap<>();

    public PeakStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Takes note of what a stream takes now, and gives its peak of the last 30 days, this one included. */
    double record(long streamId, Instant now, double bytesPerSecond) {
        LocalDate today = LocalDate.ofInstant(now, ZoneOffset.UTC);
        Map<LocalDate, Double> peaks = known.computeIfAbsent(streamId, this::load);
        if (bytesPerSecond > peaks.getOrDefault(today, 0.0)) {
            store(streamId, today, (long) bytesPerSecond);
            peaks.put(today, bytesPerSecond);
        }
        peaks.keySet().removeIf(day -> day.isBefore(today.minusDays(DAYS)));
        return peaks.values().stream().mapToDouble(Double::doubleValue).max().orElse(0);
    }

    /** Forgets streams that are gone. */
    void keepOnly(LongPredicate exists) {
        known.keySet().removeIf(streamId -> !exists.test(streamId));
    }

    private Map<LocalDate, Double> load(long streamId) {
        Map<LocalDate, Double> peaks = new HashMap<>();
        List<Map.Entry<LocalDate, Double>> rows = jdbc.sql(
                        "select day, bytes_per_second from streams.on_demand_peak where stream_id = :stream")
                .param("stream", streamId)
                .query((row, _) -> Map.entry(row.getObject("day", LocalDate.class), row.getDouble("bytes_per_second")))
                .list();
        rows.forEach(row -> peaks.put(row.getKey(), row.getValue()));
        return peaks;
    }

    private void store(long streamId, LocalDate day, long bytesPerSecond) {
        jdbc.sql("""
                        insert into streams.on_demand_peak (stream_id, day, bytes_per_second)
                        values (:stream, :day, :peak)
                        on conflict (stream_id, day) do update set bytes_per_second = excluded.bytes_per_second""")
                .param("stream", streamId)
                .param("day", day)
                .param("peak", bytesPerSecond)
                .update();
        jdbc.sql("delete from streams.on_demand_peak where stream_id = :stream and day < :oldest")
                .param("stream", streamId)
                .param("oldest", day.minusDays(DAYS))
                .update();
    }
}
