package io.riacho.flink.sink;

import java.io.Serializable;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import org.apache.flink.table.data.RowData;

/** The partition key of a row's record. */
sealed interface PartitionKeys extends Serializable {

    /** What Kinesis takes. */
    int LONGEST = 256;

    String of(RowData row);

    /** Destinations without keys. */
    record None() implements PartitionKeys {

        private static final long serialVersionUID = 1L;

        @Override
        public String of(RowData row) {
            return "";
        }
    }

    /** Spreads over all shards. */
    record Random() implements PartitionKeys {

        private static final long serialVersionUID = 1L;

        @Override
        public String of(RowData row) {
            return Long.toHexString(ThreadLocalRandom.current().nextLong());
        }
    }

    /** All records in the order of their writing, in one shard. */
    record Fixed(String key) implements PartitionKeys {

        private static final long serialVersionUID = 1L;

        @Override
        public String of(RowData row) {
            return key;
        }
    }

    /** The texts of columns. */
    record Columns(List<RowData.FieldGetter> columns, String delimiter) implements PartitionKeys {

        private static final long serialVersionUID = 1L;

        @Override
        public String of(RowData row) {
            StringBuilder key = new StringBuilder();
            for (RowData.FieldGetter column : columns) {
                if (key.length() > 0) {
                    key.append(delimiter);
                }
                key.append(column.getFieldOrNull(row));
            }
            if (key.length() == 0) {
                // A record has a key of at least one character.
                return "-";
            }
            return key.length() <= LONGEST ? key.toString() : key.substring(0, LONGEST);
        }
    }
}
