package io.riacho.firehose.format;

import io.riacho.firehose.catalog.HiveType;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.apache.orc.storage.common.type.HiveDecimal;
import org.apache.orc.storage.ql.exec.vector.BytesColumnVector;
import org.apache.orc.storage.ql.exec.vector.ColumnVector;
import org.apache.orc.storage.ql.exec.vector.DecimalColumnVector;
import org.apache.orc.storage.ql.exec.vector.DoubleColumnVector;
import org.apache.orc.storage.ql.exec.vector.ListColumnVector;
import org.apache.orc.storage.ql.exec.vector.LongColumnVector;
import org.apache.orc.storage.ql.exec.vector.MapColumnVector;
import org.apache.orc.storage.ql.exec.vector.StructColumnVector;
import org.apache.orc.storage.ql.exec.vector.TimestampColumnVector;
import org.jspecify.annotations.Nullable;

/** Puts values into ORC's vectors. */
final class OrcVectors {

    private static final int NANOS_PER_MILLI = 1_000_000;

    private OrcVectors() {}

    /** @param row of the vector, not of the file */
    static void set(ColumnVector vector, int row, HiveType type, @Nullable Object value) {
        if (value == null) {
            vector.noNulls = false;
            vector.isNull[row] = true;
            return;
        }
        vector.isNull[row] = false;
        if (type instanceof HiveType.Primitive primitive) {
            primitive(vector, row, primitive, value);
            return;
        }
        switch (type) {
            case HiveType.Decimal _ -> ((DecimalColumnVector) vector).set(row, HiveDecimal.create((BigDecimal) value));
            case HiveType.Array array -> array((ListColumnVector) vector, row, array, (@Nullable Object[]) value);
            case HiveType.Map map -> map((MapColumnVector) vector, row, map, (@Nullable Object[][]) value);
            case HiveType.Struct struct -> {
                @Nullable Object[] values = (@Nullable Object[]) value;
                ColumnVector[] fields = ((StructColumnVector) vector).fields;
                for (int i = 0; i < values.length; i++) {
                    set(fields[i], row, struct.fields().get(i).type(), values[i]);
                }
            }
            default -> bytes(vector, row, ((String) value).getBytes(StandardCharsets.UTF_8));
        }
    }

    private static void primitive(ColumnVector vector, int row, HiveType.Primitive type, Object value) {
        switch (type) {
            case BOOLEAN -> ((LongColumnVector) vector).vector[row] = (Boolean) value ? 1 : 0;
            case TINYINT, SMALLINT, INT, DATE -> ((LongColumnVector) vector).vector[row] = (Integer) value;
            case BIGINT -> ((LongColumnVector) vector).vector[row] = (Long) value;
            case FLOAT -> ((DoubleColumnVector) vector).vector[row] = (Float) value;
            case DOUBLE -> ((DoubleColumnVector) vector).vector[row] = (Double) value;
            case STRING -> bytes(vector, row, ((String) value).getBytes(StandardCharsets.UTF_8));
            case BINARY -> bytes(vector, row, (byte[]) value);
            case TIMESTAMP -> {
                Instant time = (Instant) value;
                TimestampColumnVector times = (TimestampColumnVector) vector;
                times.time[row] = time.getEpochSecond() * 1000 + time.getNano() / NANOS_PER_MILLI;
                times.nanos[row] = time.getNano();
            }
        }
    }

    private static void array(ListColumnVector vector, int row, HiveType.Array type, @Nullable Object[] elements) {
        int start = vector.childCount;
        vector.offsets[row] = start;
        vector.lengths[row] = elements.length;
        vector.childCount += elements.length;
        vector.child.ensureSize(vector.childCount, start > 0);
        for (int i = 0; i < elements.length; i++) {
            set(vector.child, start + i, type.element(), elements[i]);
        }
    }

    private static void map(MapColumnVector vector, int row, HiveType.Map type, @Nullable Object[][] entries) {
        int start = vector.childCount;
        int count = entries[0].length;
        vector.offsets[row] = start;
        vector.lengths[row] = count;
        vector.childCount += count;
        vector.keys.ensureSize(vector.childCount, start > 0);
        vector.values.ensureSize(vector.childCount, start > 0);
        for (int i = 0; i < count; i++) {
            set(vector.keys, start + i, type.key(), entries[0][i]);
            set(vector.values, start + i, type.value(), entries[1][i]);
        }
    }

    private static void bytes(ColumnVector vector, int row, byte[] bytes) {
        // The array is ours alone, so the vector need not copy it.
        ((BytesColumnVector) vector).setRef(row, bytes, 0, bytes.length);
    }
}
