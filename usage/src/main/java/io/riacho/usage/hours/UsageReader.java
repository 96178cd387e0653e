package io.riacho.usage.hours;

import java.math.BigDecimal;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;

/** Reads what {@link HourlyUsage} keeps. Safe for use by many threads. */
public final class UsageReader {

    private final JdbcTemplate jdbc;
    private final String schema;

    public UsageReader(JdbcTemplate jdbc, String schema) {
        this.jdbc = jdbc;
        this.schema = schema;
    }

    /** The first rows behind the key, in order; from the beginning where it is null. */
    public List<UsageRow> rows(UsageQuestion question, UsageRow.@Nullable Key after, int most) {
        List<Object> values = new ArrayList<>();
        String sql =
                "select * from (select date_trunc('" + question.granularity().word()
                        + "', h.hour, 'UTC') as period, "
                        + column("s.kind", question.byKind() || question.byResource()) + " as kind, "
                        + column("s.resource", question.byResource()) + " as resource, "
                        + column("s.resource_id", question.byResource()) + " as resource_id, "
                        + column("s.principal", question.byPrincipal()) + " as principal, h.meter as meter,"
                        + " sum(h.amount) as amount" + from(question, values) + " group by 1, 2, 3, 4, 5, 6) as rows";
        if (after != null) {
            sql += " where (period, kind, resource, resource_id, principal, meter) > (?, ?, ?, ?, ?, ?)";
            values.add(HourlyUsage.utc(after.period()));
            values.addAll(
                    List.of(after.kind(), after.resource(), after.resourceId(), after.principal(), after.meter()));
        }
        values.add(most);
        return jdbc.query(
                sql + " order by period, kind, resource, resource_id, principal, meter limit ?",
                (row, _) -> new UsageRow(
                        new UsageRow.Key(
                                row.getObject(1, OffsetDateTime.class).toInstant(),
                                row.getString(2),
                                row.getString(3),
                                row.getString(4),
                                row.getString(5),
                                row.getString(6)),
                        row.getBigDecimal(7)),
                values.toArray());
    }

    /** The sums, by meter. */
    public Map<String, BigDecimal> totals(UsageQuestion question) {
        List<Object> values = new ArrayList<>();
        Map<String, BigDecimal> totals = new LinkedHashMap<>();
        jdbc.query(
                "select h.meter, sum(h.amount)" + from(question, values) + " group by h.meter order by h.meter",
                row -> {
                    totals.put(row.getString(1), row.getBigDecimal(2));
                },
                values.toArray());
        return totals;
    }

    private static String column(String name, boolean isWanted) {
        return isWanted ? name : "'' collate \"C\"";
    }

    private String from(UsageQuestion question, List<Object> values) {
        values.add(HourlyUsage.utc(question.from()));
        values.add(HourlyUsage.utc(question.to()));
        return " from " + schema + ".usage_hour h join " + schema + ".usage_subject s on s.id = h.subject"
                + " where h.hour >= ? and h.hour < ?"
                + filter("s.kind", question.kind(), values)
                + filter("s.resource", question.resource(), values)
                + filter("s.principal", question.principal(), values)
                + filter("h.meter", question.meter(), values);
    }

    private static String filter(String column, @Nullable String value, List<Object> values) {
        if (value == null) {
            return "";
        }
        values.add(value);
        return " and " + column + " = ?";
    }
}
