package io.riacho.firehose.destination.splunk;

import io.riacho.firehose.destination.Delivered;
import io.riacho.firehose.destination.Delivery;
import io.riacho.firehose.destination.DeliveryException;
import io.riacho.firehose.destination.Destination;
import io.riacho.firehose.destination.Rejection;
import io.riacho.firehose.record.DeliveryRecord;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Splunk. What it took is delivered when its indexers have acknowledged it. It knows no ids, so what is sent again may be
 * there twice. Safe for use by many threads.
 */
final class SplunkDestination implements Destination {

    /** How many events Splunk may single out in one attempt; the rest is tried again later. */
    private static final int MOST_INVALID = 16;

    private static final Duration FIRST_POLL = Duration.ofMillis(100);
    private static final Duration LAST_POLL = Duration.ofSeconds(5);

    private final Collector collector;
    private final boolean raw;
    private final Duration patience;
    private volatile boolean acknowledges;

    /** @param patience for how long an acknowledgement is waited for */
    SplunkDestination(Collector collector, boolean raw, Duration patience) {
        this.collector = collector;
        this.raw = raw;
        this.patience = patience;
    }

    @Override
    public Delivered deliver(Delivery delivery) throws DeliveryException, InterruptedException {
        List<Rejection> rejected = new ArrayList<>();
        Events events = new Events(wellFormed(delivery, rejected), raw);
        try {
            requireAcknowledgements();
            for (int i = 0; !events.records().isEmpty(); i++) {
                Collector.Answer answer = collector.send(events, raw);
                if (answer.isSuccess()) {
                    await(answer);
                    break;
                }
                DeliveryRecord invalid = invalid(answer, events);
                if (invalid == null || i == MOST_INVALID) {
                    throw collector.failure(answer);
                }
                rejected.add(rejection(
                        invalid, answer.code().code(), collector.failure(answer).getMessage()));
                events = events.without(invalid);
            }
        } catch (DeliveryException e) {
            if (rejected.isEmpty()) {
                throw e;
            }
            return new Delivered(
                    rejected,
                    events.records().stream()
                            .map(record -> rejection(record, e.code(), e.getMessage()))
                            .toList());
        }
        return new Delivered(rejected, List.of());
    }

    private List<DeliveryRecord> wellFormed(Delivery delivery, List<Rejection> rejected) {
        if (raw) {
            return delivery.records();
        }
        List<DeliveryRecord> wellFormed = new ArrayList<>(delivery.records().size());
        for (DeliveryRecord record : delivery.records()) {
            if (Events.count(record.data()) < 0) {
                rejected.add(rejection(record, HecCode.INVALID_DATA.code(), HecCode.INVALID_DATA.text()));
            } else {
                wellFormed.add(record);
            }
        }
        return wellFormed;
    }

    /** Asks before anything is sent, because data that is taken without an acknowledgement would be sent again and again. */
    private void requireAcknowledgements() throws DeliveryException, InterruptedException {
        if (acknowledges) {
            return;
        }
        Collector.Answer answer = collector.ask(List.of(0L), "");
        // A channel that nothing was sent on may not be known yet.
        if (!answer.isSuccess() && answer.code() != HecCode.WRONG_CHANNEL) {
            throw collector.failure(answer);
        }
        acknowledges = true;
    }

    /** The record that Splunk does not take; null where it takes none. */
    private @Nullable DeliveryRecord invalid(Collector.Answer answer, Events events) {
        boolean ofOne = answer.code() == HecCode.INVALID_DATA || answer.code() == HecCode.INVALID_INDEX;
        int number = answer.json().path("invalid-event-number").asInt(-1);
        return raw || !ofOne ? null : events.recordOfEvent(number);
    }

    private void await(Collector.Answer taken) throws DeliveryException, InterruptedException {
        if (!taken.json().path("ackId").isIntegralNumber()) {
            acknowledges = false;
            throw DeliveryException.retryable(HecCode.DISABLED_ACK.code(), HecCode.DISABLED_ACK.text(), null);
        }
        long ack = taken.json().path("ackId").longValue();
        long end = System.nanoTime() + patience.toNanos();
        Duration pause = FIRST_POLL;
        boolean otherNode = false;
        while (true) {
            try {
                Collector.Answer answer = collector.ask(List.of(ack), taken.cookies());
                if (answer.json().path("acks").path(String.valueOf(ack)).asBoolean(false)) {
                    return;
                }
                otherNode = !answer.isSuccess() && answer.code() == HecCode.WRONG_CHANNEL;
            } catch (DeliveryException e) {
                // It may have been indexed, so it is asked again as long as there is time.
                otherNode = false;
            }
            long left = end - System.nanoTime();
            if (left <= 0) {
                throw otherNode ? otherNode() : ackTimeout();
            }
            Thread.sleep(Duration.ofNanos(Math.min(pause.toNanos(), left)));
            pause = pause.multipliedBy(2).compareTo(LAST_POLL) > 0 ? LAST_POLL : pause.multipliedBy(2);
        }
    }

    private static DeliveryException otherNode() {
        return DeliveryException.retryable(HecCode.WRONG_CHANNEL.code(), HecCode.WRONG_CHANNEL.text(), null);
    }

    private static DeliveryException ackTimeout() {
        return DeliveryException.retryable(
                "Splunk.AckTimeout",
                "Did not receive an acknowledgement from HEC before the HEC acknowledgement timeout expired. Despite the"
                        + " acknowledgement timeout, it's possible the data was indexed successfully in Splunk.",
                null);
    }

    private Rejection rejection(DeliveryRecord record, String code, String message) {
        return new Rejection(record, code, message, details(record));
    }

    @Override
    public Map<String, String> details(DeliveryRecord record) {
        return Map.of(
                "EventId", record.source().position() + "." + record.source().part());
    }

    /** Acknowledgements may take minutes. */
    @Override
    public boolean waits() {
        return true;
    }

    @Override
    public void close() {
        // The connections belong to all destinations.
    }

    @Override
    public String toString() {
        return collector.toString();
    }
}
