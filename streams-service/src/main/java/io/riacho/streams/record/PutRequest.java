package io.riacho.streams.record;

import org.jspecify.annotations.Nullable;

/** PutRecord or PutRecords, decoded; what names the stream is not checked yet. */
record PutRequest(
        @Nullable String streamName,
        @Nullable String streamArn,
        @Nullable String streamId,
        PutBatch batch) {}
