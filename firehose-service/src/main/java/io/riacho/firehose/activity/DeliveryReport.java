package io.riacho.firehose.activity;

import java.time.Duration;
import java.time.Instant;

/**
 * A delivery that has ended.
 *
 * @param bytes of the records as they were delivered, before compression
 * @param rejected how many of the records the destination did not take: they are in the backup bucket
 * @param took from the first attempt on
 * @param freshness how old the oldest record was
 */
public record DeliveryReport(
        Instant at, String shard, int records, long bytes, int rejected, Duration took, Duration freshness) {}
