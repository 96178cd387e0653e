package io.riacho.flink.source;

import io.riacho.flink.access.ServiceAccess;
import java.io.Serializable;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.arns.Arn;

/**
 * What is read, and how.
 *
 * @param stream its ARN, or its name where {@code isArn} says no
 * @param start where shards are read from that are there when the first run begins; null for the time of that beginning
 * @param consumerName of enhanced fan-out; null for polling
 * @param registers whether the consumer is registered where it is not there
 * @param discovery how often new shards are looked for; those that follow a shard are found when it ends
 * @param pollInterval the least time between two reads of a shard
 * @param maxBatches how many batches of records a reader holds at most, beside what its shards push
 * @param modulo with {@code remainder}, which shards are read: those whose number has this remainder; 1 for all
 */
record StreamSettings(
        ServiceAccess access,
        String stream,
        @Nullable Position start,
        @Nullable String consumerName,
        boolean registers,
        Duration discovery,
        Duration pollInterval,
        int maxRecords,
        int maxBatches,
        int modulo,
        int remainder)
        implements Serializable {

    private static final long serialVersionUID = 1L;

    boolean isArn() {
        return stream.startsWith("arn:");
    }

    @Nullable
    String arn() {
        return isArn() ? stream : null;
    }

    @Nullable
    String name() {
        return isArn() ? null : stream;
    }

    String streamName() {
        return isArn() ? Arn.fromString(stream).resource().resource() : stream;
    }

    /** Shards have numbers at the end of their names. */
    boolean reads(String shardId) {
        if (modulo == 1) {
            return true;
        }
        int digits = shardId.length();
        while (digits > 0 && Character.isDigit(shardId.charAt(digits - 1))) {
            digits--;
        }
        long number = digits == shardId.length()
                ? shardId.hashCode()
                : Long.parseLong(shardId.substring(Math.max(digits, shardId.length() - 18)));
        return Math.floorMod(number, modulo) == remainder;
    }
}
