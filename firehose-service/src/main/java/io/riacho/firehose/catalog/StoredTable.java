package io.riacho.firehose.catalog;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A version of a table as it is kept.
 *
 * @param createdBy an ARN
 * @param definition the API's TableInput as JSON
 */
@SuppressWarnings("ArrayRecordComponent")
record StoredTable(
        String database,
        String name,
        long version,
        byte[] definition,
        Instant createdAt,
        @Nullable String createdBy,
        Instant updatedAt) {}
