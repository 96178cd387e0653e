package io.riacho.firehose.catalog;

import java.time.Instant;

/** @param definition the API's DatabaseInput as JSON */
@SuppressWarnings("ArrayRecordComponent")
record StoredDatabase(String name, byte[] definition, Instant createdAt) {}
