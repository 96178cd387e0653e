package io.riacho.firehose.destination;

import io.riacho.firehose.record.DeliveryRecord;
import io.riacho.firehose.record.PartitionKeys;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * Records that are delivered together.
 *
 * @param id the same when it is tried again, also after a crash
 * @param deliveryStream its name
 * @param version of the delivery stream when the records were buffered
 * @param shard of the source
 * @param partition what dynamic partitioning sorted the records by
 * @param records at least one, in the source's order
 * @param oldestArrival when the first of them came to the source
 * @param begun when the delivery was tried for the first time
 */
public record Delivery(
        UUID id,
        String deliveryStream,
        String version,
        String shard,
        PartitionKeys partition,
        List<DeliveryRecord> records,
        Instant oldestArrival,
        Instant begun) {

    public Delivery {
        records = List.copyOf(records);
    }

    /** The same delivery with those that are left of its records. */
    public Delivery of(List<DeliveryRecord> left) {
        return new Delivery(id, deliveryStream, version, shard, partition, left, oldestArrival, begun);
    }

    /** The sum of the records' sizes. */
    public long bytes() {
        return records.stream().mapToLong(record -> record.data().length).sum();
    }
}
