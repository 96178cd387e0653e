package io.riacho.flink.source;

import org.apache.flink.table.api.DataTypes;
import org.apache.flink.table.data.StringData;
import org.apache.flink.table.data.TimestampData;
import org.apache.flink.table.types.DataType;

/** What a row can tell of its record. */
enum RowMetadata {
    TIMESTAMP("timestamp", DataTypes.TIMESTAMP_LTZ(3).notNull()),
    PARTITION_KEY("partition-key", DataTypes.STRING().notNull()),
    SHARD_ID("shard-id", DataTypes.STRING().notNull()),
    SEQUENCE_NUMBER("sequence-number", DataTypes.STRING().notNull()),
    SUB_SEQUENCE_NUMBER("sub-sequence-number", DataTypes.BIGINT().notNull()),
    ROWTIME("rowtime", DataTypes.TIMESTAMP(3).notNull());

    private final String key;
    private final DataType type;

    RowMetadata(String key, DataType type) {
        this.key = key;
        this.type = type;
    }

    String key() {
        return key;
    }

    DataType type() {
        return type;
    }

    static RowMetadata of(String key) {
        for (RowMetadata metadata : values()) {
            if (metadata.key.equals(key)) {
                return metadata;
            }
        }
        throw new IllegalArgumentException("no metadata " + key);
    }

    Object value(ReadRecord record, String shardId, long rowtime) {
        return switch (this) {
            case TIMESTAMP -> TimestampData.fromEpochMillis(record.arrival());
            case PARTITION_KEY -> StringData.fromString(record.partitionKey());
            case SHARD_ID -> StringData.fromString(shardId);
            case SEQUENCE_NUMBER -> StringData.fromString(record.sequenceNumber());
            case SUB_SEQUENCE_NUMBER -> record.subSequenceNumber();
            case ROWTIME -> TimestampData.fromEpochMillis(rowtime);
        };
    }
}
