package io.riacho.flink.function;

import java.util.ArrayList;
import java.util.List;
import org.apache.flink.table.api.TableRuntimeException;
import org.apache.flink.table.api.dataview.MapView;
import org.apache.flink.types.Row;

/**
 * Rows of one key that wait for their time, in the order in which they arrived: as many single entries of a map, so
 * that none is written twice.
 */
final class Buffer {
    /** At most so many rows can wait for one millisecond. */
    private static final int BITS = 20;

    private Buffer() {}

    /**
     * Adds a row.
     *
     * @param counts how many rows wait for a millisecond
     * @return whether it is the first for its time, which needs a timer then
     */
    static boolean add(MapView<Long, Integer> counts, MapView<Long, Row> rows, long time, Row row, int max)
            throws Exception {
        Integer known = counts.get(time);
        int count = known == null ? 0 : known;
        if (count >= Math.min(max, 1 << BITS)) {
            throw new TableRuntimeException(
                    "More than " + count + " rows wait for one moment; the limit is " + Limits.MAX_ROWS + " = " + max);
        }
        rows.put(key(time, count), row);
        counts.put(time, count + 1);
        return count == 0;
    }

    /** Takes all rows of a time. */
    static List<Row> take(MapView<Long, Integer> counts, MapView<Long, Row> rows, long time) throws Exception {
        Integer count = counts.get(time);
        if (count == null) {
            return List.of();
        }
        List<Row> taken = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            long key = key(time, i);
            taken.add(rows.get(key));
            rows.remove(key);
        }
        counts.remove(time);
        return taken;
    }

    private static long key(long time, int number) {
        return (time << BITS) | number;
    }
}
