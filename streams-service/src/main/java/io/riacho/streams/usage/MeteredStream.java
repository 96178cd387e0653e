package io.riacho.streams.usage;

import io.riacho.usage.hours.Subject;

/**
 * The stream of a shard, as far as metering goes.
 *
 * @param shard its number
 */
record MeteredStream(long shard, String id, String name, boolean isOnDemand) {

    Subject usedBy(String principal) {
        return new Subject(StreamMeters.KIND, id, name, principal);
    }
}
