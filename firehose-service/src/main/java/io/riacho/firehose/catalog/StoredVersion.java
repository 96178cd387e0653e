package io.riacho.firehose.catalog;

/** @param createdAtMillis when the table was made, not its version */
record StoredVersion(long number, long createdAtMillis) {}
