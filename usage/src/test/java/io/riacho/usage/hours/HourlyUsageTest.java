package io.riacho.usage.hours;

import static org.assertj.core.api.Assertions.assertThat;

import io.riacho.postgres.TestPostgres;
import io.riacho.usage.UsageProperties;
import io.riacho.usage.UsageTables;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.util.unit.DataSize;

class HourlyUsageTest {

    private static final Instant TEN = Instant.parse("2026-11-26T10:00:00Z");
    private static final String KIND = "stream";
    private static final int MOST = 3;

    private final UsageTables tables = tables();
    private final HourlyUsage hours = tables.hours();
    private final UsageSpans spans = tables.spans();
    private final UsageReader reader = new UsageReader(tables.jdbc(), tables.schema());

    @Test
    void amountsOfAnHourAddUp() {
        add(TEN, "ann", "records", 3);
        add(TEN.plusSeconds(3599), "ann", "records", 4);
        add(TEN.plusSeconds(3600), "ann", "records", 5);
        add(TEN.minusMillis(1), "ann", "records", 6);

        assertThat(reader.rows(byPrincipal(Granularity.HOUR), null, 10))
                .containsExactly(
                        row(TEN.minusSeconds(3600), "ann", 6),
                        row(TEN, "ann", 7),
                        row(TEN.plusSeconds(3600), "ann", 5));
        assertThat(reader.rows(byPrincipal(Granularity.DAY), null, 10))
                .containsExactly(row(Instant.parse("2026-11-26T00:00:00Z"), "ann", 18));
        assertThat(reader.rows(byPrincipal(Granularity.MONTH), null, 10))
                .containsExactly(row(Instant.parse("2026-11-01T00:00:00Z"), "ann", 18));
    }

    @Test
    void aPageBeginsBehindTheLastRow() {
        add(TEN, "ann", "records", 1);
        add(TEN, "bob", "records", 2);
        add(TEN.plusSeconds(3600), "ann", "records", 3);

        List<UsageRow> first = reader.rows(byPrincipal(Granularity.HOUR), null, 2);
        List<UsageRow> second =
                reader.rows(byPrincipal(Granularity.HOUR), first.getLast().key(), 2);

        assertThat(first).containsExactly(row(TEN, "ann", 1), row(TEN, "bob", 2));
        assertThat(second).containsExactly(row(TEN.plusSeconds(3600), "ann", 3));
    }

    @Test
    void ofTooManyPrincipalsTheRestIsPutTogether() {
        for (int i = 0; i < 10; i++) {
            add(TEN, "user-" + i, "records", 1);
        }
        add(TEN, "user-0", "records", 1);
        add(TEN.plusSeconds(3600), "user-9", "records", 5);

        assertThat(reader.rows(byPrincipal(Granularity.HOUR), null, 20))
                .containsExactly(
                        row(TEN, Subject.OTHER, 7),
                        row(TEN, "user-0", 2),
                        row(TEN, "user-1", 1),
                        row(TEN, "user-2", 1),
                        row(TEN.plusSeconds(3600), "user-9", 5));
        assertThat(reader.totals(byPrincipal(Granularity.HOUR))).containsEntry("records", BigDecimal.valueOf(16));
    }

    @Test
    void timeIsPutToTheHoursInWhichItPassed() {
        change(Map.of("shards", 2L), TEN.plusSeconds(1800));
        accrue(TEN.plusSeconds(3600 + 60));
        accrue(TEN.plusSeconds(3600 + 120));

        assertThat(reader.rows(byPrincipal(Granularity.HOUR), null, 10))
                .containsExactly(
                        time(TEN, 2 * Duration.ofSeconds(1800).toMillis()),
                        time(TEN.plusSeconds(3600), 2 * Duration.ofSeconds(120).toMillis()));
    }

    @Test
    void aSpanCountsUntilItIsChangedThoughNobodyLookedMeanwhile() {
        change(Map.of("shards", 2L), TEN);
        change(Map.of("shards", 3L), TEN.plusSeconds(10));
        change(Map.of("shards", 3L), TEN.plusSeconds(15));
        change(Map.of(), TEN.plusSeconds(20));
        accrue(TEN.plusSeconds(86_400));
        accrue(TEN.plusSeconds(90_000));

        assertThat(reader.rows(byPrincipal(Granularity.HOUR), null, 10)).containsExactly(time(TEN, 50_000));
    }

    @Test
    void oldHoursAreForgotten() {
        add(TEN, "ann", "records", 1);
        add(TEN.plus(Duration.ofDays(2)), "bob", "records", 2);

        hours.forget(TEN.plus(Duration.ofDays(3)), Duration.ofDays(2));

        assertThat(reader.rows(byPrincipal(Granularity.DAY), null, 10))
                .extracting(row -> row.key().principal())
                .containsExactly("bob");
    }

    private static UsageTables tables() {
        TestPostgres.Database database = TestPostgres.newDatabase();
        var dataSource = new DriverManagerDataSource(database.url(), database.user(), database.password());
        return new UsageTables(
                dataSource,
                new JdbcTransactionManager(dataSource),
                "metered",
                new UsageProperties(
                        true,
                        Duration.ofSeconds(10),
                        Duration.ofDays(400),
                        MOST,
                        DataSize.ofMegabytes(4),
                        DataSize.ofGigabytes(1)));
    }

    private void add(Instant at, String principal, String meter, long amount) {
        Amounts amounts = new Amounts();
        amounts.add(at.toEpochMilli(), new Subject(KIND, "1", "orders", principal), meter, amount);
        tables.transaction().executeWithoutResult(_ -> hours.add(amounts));
    }

    private void change(Map<String, Long> rates, Instant at) {
        tables.transaction().executeWithoutResult(_ -> spans.change(KIND, "1", "orders", rates, at));
    }

    private void accrue(Instant now) {
        tables.transaction().executeWithoutResult(_ -> {
            Amounts amounts = new Amounts();
            spans.accrue(KIND, now, amounts);
            hours.add(amounts);
        });
    }

    private static UsageQuestion byPrincipal(Granularity granularity) {
        return new UsageQuestion(
                TEN.minus(Duration.ofDays(10)),
                TEN.plus(Duration.ofDays(10)),
                granularity,
                false,
                false,
                true,
                null,
                null,
                null,
                null);
    }

    private static UsageRow row(Instant period, String principal, long amount) {
        return new UsageRow(new UsageRow.Key(period, "", "", "", principal, "records"), BigDecimal.valueOf(amount));
    }

    private static UsageRow time(Instant period, long amount) {
        return new UsageRow(new UsageRow.Key(period, "", "", "", "", "shards"), BigDecimal.valueOf(amount));
    }
}
