package io.riacho.firehose.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.riacho.firehose.destination.Delivered;
import io.riacho.firehose.destination.Delivery;
import io.riacho.firehose.destination.DeliveryException;
import io.riacho.firehose.destination.Destination;
import io.riacho.firehose.record.DeliveryRecord;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;

/** Keeps what it is given by the deliveries' ids, as a bucket does by keys. */
final class MemoryDestination implements Destination {

    /** What happens before a delivery is kept. */
    @FunctionalInterface
    interface Trouble {

        Trouble NONE = _ -> {};

        void before(Delivery delivery) throws DeliveryException, InterruptedException;
    }

    private final Map<UUID, List<String>> kept = new LinkedHashMap<>();
    private final AtomicInteger attempts = new AtomicInteger();
    private volatile Trouble trouble = Trouble.NONE;

    void trouble(Trouble now) {
        trouble = now;
    }

    int attempts() {
        return attempts.get();
    }

    /** How many deliveries there are; a repeat does not count. */
    synchronized int deliveries() {
        return kept.size();
    }

    /** The records' ids, delivery after delivery. */
    synchronized List<String> ids() {
        return kept.values().stream().flatMap(List::stream).toList();
    }

    @Override
    public Delivered deliver(Delivery delivery) throws DeliveryException, InterruptedException {
        attempts.incrementAndGet();
        trouble.before(delivery);
        keep(delivery);
        return Delivered.ALL;
    }

    private synchronized void keep(Delivery delivery) {
        List<String> ids = new ArrayList<>(
                delivery.records().stream().map(DeliveryRecord::id).toList());
        List<String> before = kept.put(delivery.id(), ids);
        if (before != null) {
            assertThat(ids).as("a repeat of %s", delivery.id()).isEqualTo(before);
        }
    }

    @Override
    public void close() {
        // Outlives the workers, as a real destination does.
    }
}
