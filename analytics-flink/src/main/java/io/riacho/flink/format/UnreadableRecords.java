package io.riacho.flink.format;

import org.apache.flink.table.data.RowData;

/** A format that has rows for what cannot be read. */
public interface UnreadableRecords {

    /**
     * The row that tells of it.
     *
     * @param data of the record
     */
    RowData row(byte[] data, String reason);
}
