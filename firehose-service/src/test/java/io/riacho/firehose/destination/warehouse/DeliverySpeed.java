package io.riacho.firehose.destination.warehouse;

import io.riacho.firehose.destination.Delivery;
import io.riacho.firehose.destination.DeliveryException;
import io.riacho.firehose.destination.Destination;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** How many records a second a destination takes, one delivery after the other. */
public final class DeliverySpeed {

    private static final int RECORDS = 50_000;
    private static final int DELIVERIES = 6;

    private DeliverySpeed() {}

    /** Records of about 500 bytes, with an {@code id} and a {@code who}. */
    public static void measure(String what, boolean json, Destination destination)
            throws DeliveryException, InterruptedException {
        List<byte[]> records = new ArrayList<>();
        String who = "abcdefghij ".repeat(43);
        for (int i = 0; i < RECORDS; i++) {
            records.add((json ? "{\"id\":" + i + ",\"who\":\"" + who + i + "\"}" : i + ",\"" + who + i + "\"")
                    .getBytes(StandardCharsets.UTF_8));
        }
        for (int i = 0; i < DELIVERIES; i++) {
            Delivery delivery = TestDeliveries.of(UUID.randomUUID(), records);
            long begun = System.nanoTime();
            destination.deliver(delivery);
            Duration took = Duration.ofNanos(System.nanoTime() - begun);
            System.out.println(what + ": " + RECORDS * 1000L / took.toMillis() + " records/s, "
                    + delivery.bytes() / took.toMillis() / 1000 + " MB/s");
        }
    }
}
