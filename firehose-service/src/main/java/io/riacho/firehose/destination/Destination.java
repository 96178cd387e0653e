package io.riacho.firehose.destination;

import io.riacho.firehose.record.DeliveryRecord;
import java.util.Map;

/**
 * Where a delivery stream delivers to. Safe for use by many threads: shards and partitions deliver at the same time.
 *
 * <p>A delivery that is repeated after a crash has the same id and the same records, so a destination that can tells it
 * from a new one and does not store it twice.
 */
public interface Destination extends AutoCloseable {

    /**
     * Delivers, or says what it could not. Runs on a virtual thread and may block; has timeouts of its own.
     *
     * @return what is left to be done, {@link Delivered#ALL} in most cases
     * @throws DeliveryException where nothing of it was delivered, or where it is not known what was
     * @throws InterruptedException where the delivery was called off
     */
    Delivered deliver(Delivery delivery) throws DeliveryException, InterruptedException;

    /** Further members of the error record of a record that is not delivered, where the whole delivery failed; in their order. */
    default Map<String, String> details(DeliveryRecord record) {
        return Map.of();
    }

    /**
     * Whether an attempt mostly waits for an answer, for minutes: it does not count among the deliveries that may be on their
     * way at a time then.
     */
    default boolean waits() {
        return false;
    }

    /** Frees connections. Deliveries under way may fail. */
    @Override
    void close();
}
