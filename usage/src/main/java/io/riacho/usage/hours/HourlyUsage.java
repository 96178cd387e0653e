package io.riacho.usage.hours;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.springframework.jdbc.core.JdbcTemplate;

/** Metered amounts by the hour, in a schema of PostgreSQL. Whoever adds has a transaction. Safe for use by many threads. */
public final class HourlyUsage {

    private static final int BATCH = 500;

    private final JdbcTemplate jdbc;
    private final String schema;
    private final int mostNewSubjects;

    /** @param mostNewSubjects that may come up in an hour; what others use is put to {@link Subject#OTHER} */
    public HourlyUsage(JdbcTemplate jdbc, String schema, int mostNewSubjects) {
        this.jdbc = jdbc;
        this.schema = schema;
        this.mostNewSubjects = mostNewSubjects;
    }

    /** Adds the amounts, in the transaction of the caller. */
    public void add(Amounts amounts) {
        if (amounts.isEmpty()) {
            return;
        }
        introduce(amounts);
        List<Map.Entry<Amounts.Key, Long>> rows = List.copyOf(amounts.sums().entrySet());
        jdbc.batchUpdate(
                "insert into " + schema + ".usage_hour as h (hour, subject, meter, amount)"
                        + " select ?, coalesce("
                        + "(select id from " + schema + ".usage_subject"
                        + " where kind = ? and resource_id = ? and principal = ?),"
                        + "(select id from " + schema + ".usage_subject"
                        + " where kind = ? and resource_id = '" + Subject.OTHER + "' and principal = '" + Subject.OTHER
                        + "')), ?, ?"
                        + " on conflict (hour, subject, meter) do update set amount = h.amount + excluded.amount",
                rows,
                BATCH,
                HourlyUsage::fill);
    }

    private static void fill(PreparedStatement statement, Map.Entry<Amounts.Key, Long> row) throws SQLException {
        Subject subject = row.getKey().subject();
        statement.setObject(1, utc(row.getKey().start()));
        statement.setString(2, subject.kind());
        statement.setString(3, subject.resourceId());
        statement.setString(4, subject.principal());
        statement.setString(5, subject.kind());
        statement.setString(6, row.getKey().meter());
        statement.setLong(7, row.getValue());
    }

    /** Gives rows to subjects that have none, as long as they are not too many. */
    private void introduce(Amounts amounts) {
        TreeSet<Subject> subjects = new TreeSet<>();
        long newest = 0;
        for (Amounts.Key key : amounts.sums().keySet()) {
            subjects.add(key.subject());
            newest = Math.max(newest, key.start().toEpochMilli());
        }
        OffsetDateTime hour = utc(Instant.ofEpochMilli(newest));
        Long known = jdbc.queryForObject(
                "select count(*) from " + schema + ".usage_subject where first_hour = ?", Long.class, hour);
        long room = mostNewSubjects - (known == null ? 0 : known);
        TreeSet<Subject> others = new TreeSet<>();
        for (Subject subject : subjects) {
            if (room > 0) {
                room -= insert(subject, hour);
            } else if (!isKnown(subject)) {
                others.add(Subject.other(subject.kind()));
            }
        }
        others.forEach(subject -> insert(subject, hour));
    }

    private int insert(Subject subject, OffsetDateTime hour) {
        return jdbc.update(
                "insert into " + schema + ".usage_subject (kind, resource_id, resource, principal, first_hour)"
                        + " select ?, ?, ?, ?, ? where not exists (select from " + schema + ".usage_subject"
                        + " where kind = ? and resource_id = ? and principal = ?) on conflict do nothing",
                subject.kind(),
                subject.resourceId(),
                subject.resource(),
                subject.principal(),
                hour,
                subject.kind(),
                subject.resourceId(),
                subject.principal());
    }

    private boolean isKnown(Subject subject) {
        Long count = jdbc.queryForObject(
                "select count(*) from " + schema
                        + ".usage_subject where kind = ? and resource_id = ? and principal = ?",
                Long.class,
                subject.kind(),
                subject.resourceId(),
                subject.principal());
        return count != null && count > 0;
    }

    /** Forgets what is older, in a transaction of its own. */
    public void forget(Instant now, Duration retention) {
        OffsetDateTime oldest = utc(now.minus(retention));
        jdbc.update("delete from " + schema + ".usage_hour where hour < ?", oldest);
        jdbc.update(
                "delete from " + schema + ".usage_subject s where first_hour < ? and not exists (select from " + schema
                        + ".usage_hour h where h.subject = s.id)",
                oldest);
    }

    static OffsetDateTime utc(Instant instant) {
        return OffsetDateTime.ofInstant(instant, ZoneOffset.UTC);
    }
}
