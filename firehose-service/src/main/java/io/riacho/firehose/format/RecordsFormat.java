package io.riacho.firehose.format;

import io.riacho.firehose.destination.Rejection;
import io.riacho.firehose.record.DeliveryRecord;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Records as they are, one behind the other with nothing between them, compressed or not. */
record RecordsFormat(Compression compression, String extension) implements ObjectFormat {

    static final String BINARY = "application/octet-stream";

    @Override
    public String contentType() {
        return BINARY;
    }

    @Override
    public @Nullable String contentEncoding() {
        return compression.encoding();
    }

    @Override
    public List<Rejection> write(List<DeliveryRecord> records, OutputStream out) throws IOException {
        try (OutputStream compressing = compression.open(out, entryFor(records))) {
            for (DeliveryRecord record : records) {
                compressing.write(record.data());
            }
        }
        return List.of();
    }

    /** Firehose names the one file of an archive by a UUID; here the same records have the same. */
    private static String entryFor(List<DeliveryRecord> records) {
        byte[] first = records.getFirst().id().getBytes(StandardCharsets.UTF_8);
        return UUID.nameUUIDFromBytes(first).toString();
    }
}
