package io.riacho.firehose.format;

import io.riacho.firehose.catalog.TableDefinition;
import java.io.IOException;
import java.io.OutputStream;
import org.jspecify.annotations.Nullable;

/** A file of columns, and how it is written. Safe for use by many threads. */
interface ColumnarFile {

    /** Begins a file of the table's columns. */
    RowWriter begin(TableDefinition table, OutputStream out) throws IOException;

    /** Writes rows of one file. Closing it ends the file and leaves the stream open. */
    interface RowWriter extends AutoCloseable {

        /** @param row by column; {@link ValueReader} says of which classes */
        void write(@Nullable Object[] row) throws IOException;

        @Override
        void close() throws IOException;
    }
}
