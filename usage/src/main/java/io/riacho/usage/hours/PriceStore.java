package io.riacho.usage.hours;

import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.support.TransactionTemplate;

/** The price list in PostgreSQL. Safe for use by many threads. */
public final class PriceStore {

    private final JdbcTemplate jdbc;
    private final TransactionTemplate transaction;
    private final String schema;

    public PriceStore(JdbcTemplate jdbc, TransactionTemplate transaction, String schema) {
        this.jdbc = jdbc;
        this.transaction = transaction;
        this.schema = schema;
    }

    /** Nothing where none was entered. */
    public Optional<PriceList> find() {
        Map<String, Price> prices = new HashMap<>();
        jdbc.query("select meter, price, per from " + schema + ".usage_price", row -> {
            prices.put(row.getString(1), new Price(row.getBigDecimal(2), row.getBigDecimal(3)));
        });
        return jdbc
                .query(
                        "select currency, note, updated_at from " + schema + ".usage_price_list",
                        (row, _) -> new PriceList(
                                row.getString(1),
                                row.getString(2),
                                row.getObject(3, OffsetDateTime.class).toInstant(),
                                prices))
                .stream()
                .findFirst();
    }

    /** Puts the list in the place of the one that was there. */
    public void put(PriceList list) {
        transaction.executeWithoutResult(_ -> {
            // First, so that one who puts another list at the same time waits.
            jdbc.update(
                    "insert into " + schema + ".usage_price_list (currency, note, updated_at) values (?, ?, ?)"
                            + " on conflict (single) do update set currency = excluded.currency, note = excluded.note,"
                            + " updated_at = excluded.updated_at",
                    list.currency(),
                    list.note(),
                    HourlyUsage.utc(list.updatedAt()));
            jdbc.update("delete from " + schema + ".usage_price");
            list.prices()
                    .forEach((meter, price) -> jdbc.update(
                            "insert into " + schema + ".usage_price (meter, price, per) values (?, ?, ?)",
                            meter,
                            price.price(),
                            price.per()));
        });
    }
}
