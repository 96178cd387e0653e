package io.riacho.firehose.prefix;

import io.riacho.firehose.record.PartitionKeys;
import java.time.Instant;
import java.time.ZoneId;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What the expressions in a prefix stand for.
 *
 * @param delivery its id, which random strings are made of: a delivery that is repeated has the same
 * @param time the arrival of the object's oldest record
 * @param zone that times are written in
 * @param errorOutputType such as {@code processing-failed}; null for objects that are no errors
 */
public record PrefixValues(
        UUID delivery,
        Instant time,
        ZoneId zone,
        PartitionKeys keys,
        @Nullable String errorOutputType) {}
