package io.riacho.leasetables.item;

import io.riacho.leasetables.table.ItemKey;
import io.riacho.leasetables.table.Table;
import io.riacho.leasetables.value.ItemBytes;
import io.riacho.leasetables.value.Value;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Reads items in their order, a page at a time. Rows are streamed; items that are large are fetched one by one, so that a
 * page costs no more memory than what it answers and a few megabytes.
 */
public final class PageStore {

    private static final int MAX_PAGE = 1024 * 1024;

    /** Items up to this size come with the rows, {@link #FETCHED} at once. */
    private static final int SMALL = 8 * 1024;

    private static final int FETCHED = 256;

    /** No page has more, because no item is smaller than two bytes. */
    private static final int MOST_ITEMS = MAX_PAGE / 2;

    private final JdbcClient jdbc;

    public PageStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Which items, and from where on. */
    sealed interface Range {

        /** Where the page before ended; null where this is the first. */
        @Nullable
        Position after();

        /** At most so many items are looked at. */
        int limit();
    }

    /**
     * Items with one hash key.
     *
     * @param from the least range key, inclusive
     * @param to the bound of range keys; null where there is none
     * @param toInclusive whether the bound itself is in
     */
    record Of(
            byte[] partition,
            byte[] from,
            boolean fromInclusive,
            byte @Nullable [] to,
            boolean toInclusive,
            boolean forward,
            @Nullable Position after,
            int limit)
            implements Range {}

    /** All items, or those of one of several segments of equal size. */
    record All(int segment, int segments, @Nullable Position after, int limit) implements Range {}

    /**
     * A place in a table or an index.
     *
     * @param inIndex null in a table
     */
    record Position(ItemKey item, @Nullable ItemKey inIndex) {}

    /** What of the items a page answers. */
    interface Filter {

        /** What the page has of the item; null where it does not have it. */
        Value.@Nullable Document of(Value.Document item);

        /** Whether only their number is asked for. */
        boolean countsOnly();
    }

    /**
     * @param scanned how many items were looked at
     * @param bytes the size of those items
     * @param last the last of them, where there may be more behind it; null where there is nothing
     */
    record Page(List<Value.Document> items, int count, int scanned, long bytes, Value.@Nullable Document last) {}

    /** Within a transaction that sees everything as it was at one time. */
    Page read(Table table, Table.@Nullable Index index, Range range, Filter filter) {
        Sql sql = new Sql();
        sql.add("select i.partition, i.range_key, i.size, case when i.size <= " + SMALL + " then i.attributes end");
        String entry = index == null ? "i" : "e";
        if (index == null) {
            sql.add(" from lease_tables.item i where i.table_id = ?", table.id());
        } else {
            sql.add(
                    " from lease_tables.index_entry e join lease_tables.item i on i.table_id = e.table_id"
                            + " and i.partition = e.item_partition and i.range_key = e.item_range_key"
                            + " where e.index_id = ?",
                    index.id());
        }
        switch (range) {
            case Of of -> restrict(sql, entry, of);
            case All all -> restrict(sql, entry, all);
        }
        sql.add(" limit ?", Math.min(range.limit(), MOST_ITEMS));
        try (Stream<Row> rows = jdbc
                .sql(sql.text.toString())
                .params(sql.values)
                .withFetchSize(Math.min(FETCHED, range.limit()))
                .query((row, _) -> Row.of(row))
                .stream()) {
            return page(table, rows.iterator(), range.limit(), filter);
        }
    }

    private Page page(Table table, Iterator<Row> rows, int limit, Filter filter) {
        List<Value.Document> found = new ArrayList<>();
        int count = 0;
        int scanned = 0;
        long bytes = 0;
        Value.Document last = null;
        while (rows.hasNext()) {
            Row row = rows.next();
            byte[] attributes = row.attributes() != null ? row.attributes() : fetch(table, row);
            Value.Document item = ItemBytes.read(attributes);
            scanned++;
            bytes += row.size();
            Value.Document answered = filter.of(item);
            if (answered != null) {
                count++;
                if (!filter.countsOnly()) {
                    found.add(answered);
                }
            }
            if (scanned >= limit || bytes >= MAX_PAGE) {
                last = item;
                break;
            }
        }
        return new Page(found, count, scanned, bytes, last);
    }

    private byte[] fetch(Table table, Row row) {
        return jdbc.sql(
                        "select attributes from lease_tables.item where table_id = ? and partition = ? and range_key = ?")
                .params(table.id(), row.key().partition(), row.key().range())
                .query((item, _) -> item.getBytes(1))
                .single();
    }

    private static void restrict(Sql sql, String entry, Of of) {
        sql.add(" and " + entry + ".partition = ?", of.partition());
        String key = entry + ".range_key";
        if (of.from().length > 0) {
            sql.add(" and " + key + (of.fromInclusive() ? " >= ?" : " > ?"), of.from());
        }
        if (of.to() != null) {
            sql.add(" and " + key + (of.toInclusive() ? " <= ?" : " < ?"), of.to());
        }
        String beyond = of.forward() ? " > " : " < ";
        String order = of.forward() ? "" : " desc";
        Position after = of.after();
        if (entry.equals("i")) {
            if (after != null) {
                sql.add(" and i.range_key" + beyond + "?", after.item().range());
            }
            sql.add(" order by i.range_key" + order);
        } else {
            if (after != null && after.inIndex() != null) {
                sql.add(
                        " and (e.range_key, e.item_partition, e.item_range_key)" + beyond + "(?, ?, ?)",
                        after.inIndex().range(),
                        after.item().partition(),
                        after.item().range());
            }
            sql.add(" order by e.range_key" + order + ", e.item_partition" + order + ", e.item_range_key" + order);
        }
    }

    private static void restrict(Sql sql, String entry, All all) {
        if (all.segments() > 1) {
            if (all.segment() > 0) {
                sql.add(" and " + entry + ".partition >= ?", boundary(all.segment(), all.segments()));
            }
            if (all.segment() < all.segments() - 1) {
                sql.add(" and " + entry + ".partition < ?", boundary(all.segment() + 1, all.segments()));
            }
        }
        Position after = all.after();
        if (entry.equals("i")) {
            if (after != null) {
                sql.add(
                        " and (i.partition, i.range_key) > (?, ?)",
                        after.item().partition(),
                        after.item().range());
            }
            sql.add(" order by i.partition, i.range_key");
        } else {
            if (after != null && after.inIndex() != null) {
                sql.add(
                        " and (e.partition, e.range_key, e.item_partition, e.item_range_key) > (?, ?, ?, ?)",
                        after.inIndex().partition(),
                        after.inIndex().range(),
                        after.item().partition(),
                        after.item().range());
            }
            sql.add(" order by e.partition, e.range_key, e.item_partition, e.item_range_key");
        }
    }

    /** The first partition of a segment: segments divide the 2^32 beginnings of partitions evenly. */
    private static byte[] boundary(int segment, int segments) {
        long first = (segment * (1L << 32)) / segments;
        return new byte[] {(byte) (first >> 24), (byte) (first >> 16), (byte) (first >> 8), (byte) first};
    }

    /** @param attributes null where the item is large */
    private record Row(ItemKey key, int size, byte @Nullable [] attributes) {
        static Row of(ResultSet row) throws SQLException {
            return new Row(new ItemKey(row.getBytes(1), row.getBytes(2)), row.getInt(3), row.getBytes(4));
        }
    }

    private static final class Sql {

        private final StringBuilder text = new StringBuilder();
        private final List<Object> values = new ArrayList<>();

        void add(String part, Object... parameters) {
            text.append(part);
            values.addAll(List.of(parameters));
        }
    }
}
