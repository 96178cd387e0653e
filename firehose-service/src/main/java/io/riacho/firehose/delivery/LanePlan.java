package io.riacho.firehose.delivery;

import io.riacho.firehose.destination.BufferHints;
import org.jspecify.annotations.Nullable;

/**
 * How a delivery stream's lanes are cut.
 *
 * @param backup of the source's records; null where they are not backed up
 * @param failed of records whose processing failed
 * @param maxPartitions how many partitions may be buffered at a time
 */
record LanePlan(BufferHints delivery, @Nullable BufferHints backup, BufferHints failed, int maxPartitions) {}
