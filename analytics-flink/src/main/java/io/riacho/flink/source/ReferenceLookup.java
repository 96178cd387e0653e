package io.riacho.flink.source;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.functions.util.ListCollector;
import org.apache.flink.api.common.serialization.DeserializationSchema;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.functions.FunctionContext;
import org.apache.flink.table.functions.LookupFunction;
import org.apache.flink.util.SimpleUserCodeClassLoader;
import org.apache.flink.util.UserCodeClassLoader;
import org.jspecify.annotations.Nullable;

/** Rows of a reference table by the columns that they are looked up by. Used by one thread. */
public final class ReferenceLookup extends LookupFunction {

    private static final long serialVersionUID = 1L;

    private final ReferenceObject object;
    private final DeserializationSchema<RowData> format;
    private final List<RowData.FieldGetter> inRow;
    private final List<RowData.FieldGetter> inKey;
    private transient @Nullable Map<List<Object>, List<RowData>> rows;

    ReferenceLookup(
            ReferenceObject object,
            DeserializationSchema<RowData> format,
            List<RowData.FieldGetter> inRow,
            List<RowData.FieldGetter> inKey) {
        this.object = object;
        this.format = format;
        this.inRow = inRow;
        this.inKey = inKey;
    }

    @Override
    public void open(FunctionContext context) throws Exception {
        format.open(new Opening(context));
        List<RowData> all = new ArrayList<>();
        format.deserialize(object.read(), new ListCollector<>(all));
        Map<List<Object>, List<RowData>> byKey = new HashMap<>();
        for (RowData row : all) {
            List<Object> key = key(row, inRow);
            if (key != null) {
                byKey.computeIfAbsent(key, made -> new ArrayList<>(1)).add(row);
            }
        }
        rows = byKey;
    }

    @Override
    public Collection<RowData> lookup(RowData keyRow) {
        List<Object> key = key(keyRow, inKey);
        Map<List<Object>, List<RowData>> known = rows;
        return key == null || known == null ? List.of() : known.getOrDefault(key, List.of());
    }

    /** Null where a part of it is NULL, which equals nothing. */
    private static @Nullable List<Object> key(RowData row, List<RowData.FieldGetter> getters) {
        List<Object> key = new ArrayList<>(getters.size());
        for (RowData.FieldGetter getter : getters) {
            Object part = getter.getFieldOrNull(row);
            if (part == null) {
                return null;
            }
            key.add(part);
        }
        return key;
    }

    private record Opening(FunctionContext context) implements DeserializationSchema.InitializationContext {

        @Override
        public MetricGroup getMetricGroup() {
            return context.getMetricGroup();
        }

        @Override
        public UserCodeClassLoader getUserCodeClassLoader() {
            return SimpleUserCodeClassLoader.create(ReferenceLookup.class.getClassLoader());
        }
    }
}
