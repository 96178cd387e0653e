package io.riacho.usage.hours;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.Map;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * What is used by being there: for each resource and meter at which rate, from when on. It is stored when it changes, with
 * the change, and added to the hours later; so nothing is missed while no process runs. Whoever calls has a transaction.
 * Safe for use by many threads.
 */
public final class UsageSpans {

    private final JdbcTemplate jdbc;
    private final String schema;

    public UsageSpans(JdbcTemplate jdbc, String schema) {
        this.jdbc = jdbc;
        this.schema = schema;
    }

    /**
     * Says what a resource uses from now on, with the change that makes it so.
     *
     * @param rates how many units each meter goes on by in each unit of time; of all meters that are not named it is 0
     */
    public void change(String kind, String resourceId, String resource, Map<String, Long> rates, Instant at) {
        OffsetDateTime time = HourlyUsage.utc(at);
        Map<String, Long> begun = new HashMap<>(rates);
        jdbc.query(
                "select id, meter, rate from " + schema
                        + ".usage_span where kind = ? and resource_id = ? and ended_at is null for update",
                row -> {
                    Long rate = begun.get(row.getString(2));
                    if (rate != null && rate == row.getLong(3)) {
                        begun.remove(row.getString(2));
                    } else {
                        end(row.getLong(1), time);
                    }
                },
                kind,
                resourceId);
        begun.forEach((meter, rate) -> {
            if (rate > 0) {
                jdbc.update(
                        "insert into " + schema
                                + ".usage_span (kind, resource_id, resource, meter, rate, accrued_to)"
                                + " values (?, ?, ?, ?, ?, ?)",
                        kind,
                        resourceId,
                        resource,
                        meter,
                        rate,
                        time);
            }
        });
    }

    /** Ends what is used of the kind. */
    public void endAll(String kind, Instant at) {
        jdbc.update(
                "update " + schema + ".usage_span set ended_at = greatest(accrued_to, ?)"
                        + " where kind = ? and ended_at is null",
                HourlyUsage.utc(at),
                kind);
    }

    private void end(long span, OffsetDateTime at) {
        jdbc.update("update " + schema + ".usage_span set ended_at = greatest(accrued_to, ?) where id = ?", at, span);
    }

    /** Takes what was used up to now, but not what was taken before. */
    public void accrue(String kind, Instant now, Amounts into) {
        OffsetDateTime time = HourlyUsage.utc(now);
        jdbc.query(
                "select resource_id, resource, meter, rate, accrued_to, least(coalesce(ended_at, ?), ?) from " + schema
                        + ".usage_span where kind = ? order by id for update",
                row -> {
                    Subject subject = new Subject(kind, row.getString(1), row.getString(2), Subject.NOBODY);
                    into.addTime(
                            row.getObject(5, OffsetDateTime.class).toInstant(),
                            row.getObject(6, OffsetDateTime.class).toInstant(),
                            subject,
                            row.getString(3),
                            row.getLong(4));
                },
                time,
                time,
                kind);
        jdbc.update("delete from " + schema + ".usage_span where kind = ? and ended_at <= ?", kind, time);
        jdbc.update(
                "update " + schema + ".usage_span set accrued_to = ? where kind = ? and accrued_to < ?",
                time,
                kind,
                time);
    }
}
