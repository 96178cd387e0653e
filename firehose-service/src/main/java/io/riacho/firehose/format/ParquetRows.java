package io.riacho.firehose.format;

import io.riacho.firehose.catalog.HiveType;
import io.riacho.firehose.catalog.TableColumn;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.conf.ParquetConfiguration;
import org.apache.parquet.hadoop.api.WriteSupport;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.io.api.RecordConsumer;
import org.apache.parquet.schema.MessageType;
import org.jspecify.annotations.Nullable;

/** Gives rows to Parquet's writer, value by value. */
final class ParquetRows extends WriteSupport<@Nullable Object[]> {

    private static final int DAY_SECONDS = 86_400;
    private static final long NANOS = 1_000_000_000L;
    private static final int EPOCH_JULIAN_DAY = 2_440_588;
    private static final int INT96_BYTES = 12;

    private final List<TableColumn> columns;
    private final MessageType schema;
    private @Nullable RecordConsumer consumer;

    ParquetRows(List<TableColumn> columns) {
        this.columns = columns;
        this.schema = ParquetSchema.of(columns);
    }

    @Override
    public WriteContext init(Configuration configuration) {
        return context();
    }

    @Override
    public WriteContext init(ParquetConfiguration configuration) {
        return context();
    }

    @Override
    public void prepareForWrite(RecordConsumer recordConsumer) {
        consumer = recordConsumer;
    }

    @Override
    public void write(@Nullable Object[] row) {
        RecordConsumer to = consumer;
        if (to == null) {
            throw new IllegalStateException("Not prepared");
        }
        to.startMessage();
        for (int i = 0; i < row.length; i++) {
            TableColumn column = columns.get(i);
            field(to, column.name(), i, column.type(), row[i]);
        }
        to.endMessage();
    }

    private WriteContext context() {
        return new WriteContext(schema, Map.of("writer.model.name", "riacho"));
    }

    private static void field(RecordConsumer to, String name, int index, HiveType type, @Nullable Object value) {
        if (value != null) {
            to.startField(name, index);
            value(to, type, value);
            to.endField(name, index);
        }
    }

    private static void value(RecordConsumer to, HiveType type, Object value) {
        if (type instanceof HiveType.Primitive primitive) {
            primitive(to, primitive, value);
            return;
        }
        switch (type) {
            case HiveType.Decimal decimal -> to.addBinary(unscaled((BigDecimal) value, decimal));
            case HiveType.Array array -> array(to, array, (@Nullable Object[]) value);
            case HiveType.Map map -> map(to, map, (@Nullable Object[][]) value);
            case HiveType.Struct struct -> struct(to, struct, (@Nullable Object[]) value);
            default -> to.addBinary(text((String) value));
        }
    }

    private static void primitive(RecordConsumer to, HiveType.Primitive type, Object value) {
        switch (type) {
            case BOOLEAN -> to.addBoolean((Boolean) value);
            case TINYINT, SMALLINT, INT, DATE -> to.addInteger((Integer) value);
            case BIGINT -> to.addLong((Long) value);
            case FLOAT -> to.addFloat((Float) value);
            case DOUBLE -> to.addDouble((Double) value);
            case STRING -> to.addBinary(text((String) value));
            case BINARY -> to.addBinary(Binary.fromConstantByteArray((byte[]) value));
            case TIMESTAMP -> to.addBinary(int96((Instant) value));
        }
    }

    private static void array(RecordConsumer to, HiveType.Array type, @Nullable Object[] elements) {
        to.startGroup();
        if (elements.length > 0) {
            to.startField("list", 0);
            for (Object element : elements) {
                to.startGroup();
                field(to, "element", 0, type.element(), element);
                to.endGroup();
            }
            to.endField("list", 0);
        }
        to.endGroup();
    }

    private static void map(RecordConsumer to, HiveType.Map type, @Nullable Object[][] entries) {
        @Nullable Object[] keys = entries[0];
        to.startGroup();
        if (keys.length > 0) {
            to.startField("key_value", 0);
            for (int i = 0; i < keys.length; i++) {
                to.startGroup();
                field(to, "key", 0, type.key(), keys[i]);
                field(to, "value", 1, type.value(), entries[1][i]);
                to.endGroup();
            }
            to.endField("key_value", 0);
        }
        to.endGroup();
    }

    private static void struct(RecordConsumer to, HiveType.Struct type, @Nullable Object[] values) {
        to.startGroup();
        for (int i = 0; i < values.length; i++) {
            HiveType.Field field = type.fields().get(i);
            field(to, field.name(), i, field.type(), values[i]);
        }
        to.endGroup();
    }

    /** Of an array, not by {@link Binary#fromString}: what is behind a buffer is slow to compare, which statistics do for each value. */
    private static Binary text(String value) {
        return Binary.fromConstantByteArray(value.getBytes(StandardCharsets.UTF_8));
    }

    private static Binary unscaled(BigDecimal value, HiveType.Decimal type) {
        byte[] digits = value.unscaledValue().toByteArray();
        byte[] bytes = new byte[ParquetSchema.decimalBytes(type.precision())];
        Arrays.fill(bytes, 0, bytes.length - digits.length, value.signum() < 0 ? (byte) -1 : 0);
        System.arraycopy(digits, 0, bytes, bytes.length - digits.length, digits.length);
        return Binary.fromConstantByteArray(bytes);
    }

    /** Nanoseconds of the day, and the Julian day; both little-endian. */
    private static Binary int96(Instant time) {
        long day = Math.floorDiv(time.getEpochSecond(), DAY_SECONDS);
        long nanos = Math.floorMod(time.getEpochSecond(), DAY_SECONDS) * NANOS + time.getNano();
        ByteBuffer bytes = ByteBuffer.allocate(INT96_BYTES).order(ByteOrder.LITTLE_ENDIAN);
        bytes.putLong(nanos).putInt((int) day + EPOCH_JULIAN_DAY);
        return Binary.fromConstantByteArray(bytes.array());
    }
}
