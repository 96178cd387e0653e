package io.riacho.leasetables.item;

import io.riacho.leasetables.value.Value;
import io.riacho.leasetables.value.Values;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.ConsumedCapacity;

/**
 * What a request would have cost in capacity units: a write unit for each KB that is written, a read unit for each 4 KB
 * that is read consistently, half of it otherwise.
 *
 * @see <a href="https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/read-write-operations.html">capacity
 *     unit consumption</a>
 */
final class Capacity {

    private static final int WRITE_UNIT = 1024;
    private static final int READ_UNIT = 4096;

    private Capacity() {}

    static double ofRead(long bytes, boolean consistent) {
        double units = Math.max(1, units(bytes, READ_UNIT));
        return consistent ? units : units / 2;
    }

    /** The larger of the two counts. */
    static double ofWrite(Value.@Nullable Document before, Value.@Nullable Document after) {
        long bytes = Math.max(before == null ? 0 : Values.size(before), after == null ? 0 : Values.size(after));
        return Math.max(1, units(bytes, WRITE_UNIT));
    }

    /**
     * As the request asks for it; null where it does not.
     *
     * @param index whose units they are; null where they are the table's
     */
    static @Nullable ConsumedCapacity answer(
            @Nullable String asked, String table, @Nullable String index, double units) {
        if (asked == null || asked.equals("NONE")) {
            return null;
        }
        ConsumedCapacity.Builder consumed =
                ConsumedCapacity.builder().tableName(table).capacityUnits(units);
        if (asked.equals("INDEXES")) {
            consumed.table(capacity -> capacity.capacityUnits(index == null ? units : 0.0));
            if (index != null) {
                consumed.globalSecondaryIndexes(Map.of(
                        index,
                        software.amazon.awssdk.services.dynamodb.model.Capacity.builder()
                                .capacityUnits(units)
                                .build()));
            }
        }
        return consumed.build();
    }

    private static long units(long bytes, int unit) {
        return (bytes + unit - 1) / unit;
    }
}
