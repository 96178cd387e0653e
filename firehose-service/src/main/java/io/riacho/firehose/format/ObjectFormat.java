package io.riacho.firehose.format;

import io.riacho.firehose.destination.Rejection;
import io.riacho.firehose.record.DeliveryRecord;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How records become the bytes of an object. Safe for use by many threads. The same records give the same bytes. */
public interface ObjectFormat {

    /** What is put behind the object's name, such as {@code .gz} or {@code .parquet}; may be empty. */
    String extension();

    /** The object's {@code Content-Type}. */
    String contentType();

    /** The object's {@code Content-Encoding}, such as {@code gzip}; null where it has none. */
    default @Nullable String contentEncoding() {
        return null;
    }

    /**
     * Writes all records but those that cannot be in this format; nothing at all where that are all of them. Does not close
     * the stream.
     *
     * @param records at least one
     * @return those that are not in the object
     * @throws IOException what the stream throws, and where it cannot be known just now what the format is
     */
    List<Rejection> write(List<DeliveryRecord> records, OutputStream out) throws IOException;
}
