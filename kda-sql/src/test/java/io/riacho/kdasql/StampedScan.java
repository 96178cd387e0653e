package io.riacho.kdasql;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.table.api.DataTypes;
import org.apache.flink.table.connector.ChangelogMode;
import org.apache.flink.table.connector.source.ScanTableSource;
import org.apache.flink.table.connector.source.abilities.SupportsReadingMetadata;
import org.apache.flink.table.connector.source.abilities.SupportsSourceWatermark;
import org.apache.flink.table.types.DataType;

/** A table that stands for a stream: it has the metadata of one, and a watermark of its own. */
abstract class StampedScan implements ScanTableSource, SupportsReadingMetadata, SupportsSourceWatermark {
    protected final DataType physical;
    protected List<String> metadata = List.of();
    protected DataType produced;

    StampedScan(DataType physical) {
        this.physical = physical;
        this.produced = physical;
    }

    /** The scan itself, once it has what the planner asked of the other. */
    final StampedScan like(StampedScan other) {
        metadata = other.metadata;
        produced = other.produced;
        return this;
    }

    @Override
    public Map<String, DataType> listReadableMetadata() {
        Map<String, DataType> all = new HashMap<>();
        all.put("timestamp", DataTypes.TIMESTAMP_LTZ(3));
        all.put("partition-key", DataTypes.STRING());
        all.put("shard-id", DataTypes.STRING());
        all.put("sequence-number", DataTypes.STRING());
        all.put("rowtime", DataTypes.TIMESTAMP(3));
        return all;
    }

    @Override
    public void applyReadableMetadata(List<String> keys, DataType producedDataType) {
        metadata = keys;
        produced = producedDataType;
    }

    @Override
    public void applySourceWatermark() {}

    @Override
    public ChangelogMode getChangelogMode() {
        return ChangelogMode.insertOnly();
    }
}
