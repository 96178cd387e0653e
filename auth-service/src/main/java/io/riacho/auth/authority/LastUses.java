package io.riacho.auth.authority;

import io.riacho.auth.database.AuthDatabase;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Iterator;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;

/**
 * Remembers when access keys were last used, and writes it down once a minute: at most that much is lost when the process
 * is killed. Holds as many keys as were used within a minute, up to a bound. Safe for use by many threads.
 */
public final class LastUses implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(LastUses.class);
    private static final Duration INTERVAL = Duration.ofMinutes(1);
    private static final int MAX_REMEMBERED = 100_000;
    private static final int MAX_TEXT = 128;

    private final AuthDatabase database;
    private final InstantSource clock;
    private final Map<String, AccessKeyUse> unwritten = new ConcurrentHashMap<>();
    private final ScheduledExecutorService writer = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("access-key-uses").factory());

    public LastUses(AuthDatabase database, InstantSource clock) {
        this.database = database;
        this.clock = clock;
        writer.scheduleWithFixedDelay(this::write, INTERVAL.toSeconds(), INTERVAL.toSeconds(), TimeUnit.SECONDS);
    }

    /** Cheap: a request a second and key makes an object, the others only look. */
    void used(String accessKeyId, String region, String service) {
        AccessKeyUse known = unwritten.get(accessKeyId);
        Instant now = clock.instant();
        if (known != null
                && known.service().equals(service)
                && now.getEpochSecond() == known.at().getEpochSecond()) {
            return;
        }
        if (known != null || unwritten.size() < MAX_REMEMBERED) {
            unwritten.put(
                    accessKeyId,
                    new AccessKeyUse(now.truncatedTo(ChronoUnit.SECONDS), shorten(service), shorten(region)));
        }
    }

    /** The last use of a key that exists; empty where it was never used. */
    public Optional<AccessKeyUse> of(String accessKeyId) {
        AccessKeyUse remembered = unwritten.get(accessKeyId);
        return remembered != null ? Optional.of(remembered) : written(accessKeyId);
    }

    /** Writes what was not written yet. */
    public void write() {
        try {
            Iterator<Map.Entry<String, AccessKeyUse>> uses =
                    unwritten.entrySet().iterator();
            while (uses.hasNext()) {
                Map.Entry<String, AccessKeyUse> use = uses.next();
                write(use.getKey(), use.getValue());
                unwritten.remove(use.getKey(), use.getValue());
            }
        } catch (DataAccessException e) {
            log.warn("The last uses of access keys cannot be written now: {}", e.getMessage());
        }
    }

    @Override
    public void close() {
        writer.shutdownNow();
        write();
    }

    /** Other processes write too, so an earlier use never takes a later one's place. */
    private void write(String accessKeyId, AccessKeyUse use) {
        database.jdbc()
                .sql("""
                        update auth.access_key
                        set last_used_at = :at, last_used_service = :service, last_used_region = :region
                        where id = :id and (last_used_at is null or last_used_at <= :at)
                        """)
                .param("at", Timestamp.from(use.at()))
                .param("service", use.service())
                .param("region", use.region())
                .param("id", accessKeyId)
                .update();
    }

    private Optional<AccessKeyUse> written(String accessKeyId) {
        return database.jdbc()
                .sql("""
                        select last_used_at, last_used_service, last_used_region from auth.access_key
                        where id = :id and last_used_at is not null
                        """)
                .param("id", accessKeyId)
                .query((row, _) -> new AccessKeyUse(
                        row.getTimestamp("last_used_at").toInstant(),
                        text(row.getString("last_used_service")),
                        text(row.getString("last_used_region"))))
                .optional();
    }

    private static String text(@Nullable String stored) {
        return stored == null ? "N/A" : stored;
    }

    private static String shorten(String text) {
        return text.length() <= MAX_TEXT ? text : text.substring(0, MAX_TEXT);
    }
}
