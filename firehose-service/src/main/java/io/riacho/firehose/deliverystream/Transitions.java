package io.riacho.firehose.deliverystream;

import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.services.firehose.model.DeliveryStreamEncryptionStatus;
import software.amazon.awssdk.services.firehose.model.DeliveryStreamStatus;

/**
 * Tells what delivers of each delivery stream, and leads delivery streams out of the states that pass: CREATING, DELETING,
 * ENABLING, DISABLING. The state is stored before, so that it is gone on with where a process died. Of several processes
 * one leads: it has claimed the delivery stream, and claims it anew as long as it lives.
 */
public final class Transitions implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(Transitions.class);
    private static final Duration RETRY = Duration.ofSeconds(1);
    private static final Duration GOODBYE = Duration.ofSeconds(5);

    private final DeliveryStreams streams;
    private final DeliveryStreamListener listener;
    private final SourceEncryption encryption;
    private final Duration pollInterval;
    private final Duration claim;
    private final Map<UUID, Thread> leading = new ConcurrentHashMap<>();
    private final Thread watch;
    private volatile boolean closed;

    /**
     * @param pollInterval how often it is looked for what other processes have changed
     * @param claim after what time another process takes over from one that died; several times the interval
     */
    public Transitions(
            DeliveryStreams streams,
            DeliveryStreamListener listener,
            SourceEncryption encryption,
            Duration pollInterval,
            Duration claim) {
        this.streams = streams;
        this.listener = listener;
        this.encryption = encryption;
        this.pollInterval = pollInterval;
        this.claim = claim;
        this.watch = Thread.ofPlatform().name("delivery-streams").daemon().unstarted(this::watch);
    }

    public void start() {
        watch.start();
    }

    @Override
    public void close() {
        closed = true;
        watch.interrupt();
        leading.values().forEach(Thread::interrupt);
        try {
            watch.join(GOODBYE);
            for (Thread thread : leading.values()) {
                thread.join(GOODBYE);
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private void watch() {
        long polled = System.nanoTime();
        while (!closed) {
            try {
                Duration rest = pollInterval.minusNanos(System.nanoTime() - polled);
                if (rest.isPositive()) {
                    DeliveryStreams.Event event = streams.nextEvent(rest);
                    if (event != null) {
                        tell(event);
                    }
                } else {
                    polled = System.nanoTime();
                    poll();
                }
            } catch (InterruptedException _) {
                return;
            } catch (RuntimeException e) {
                if (!closed) {
                    log.warn("What other processes changed is not seen for now", e);
                }
            }
        }
    }

    private void poll() {
        for (UUID id : leading.keySet()) {
            boolean unused = streams.claim(id, claim);
        }
        streams.refresh();
        for (DeliveryStream stream : streams.all()) {
            lead(stream);
        }
    }

    private void tell(DeliveryStreams.Event event) {
        try {
            switch (event) {
                case DeliveryStreams.Event.Changed(DeliveryStream stream) -> listener.changed(stream);
                case DeliveryStreams.Event.Gone(DeliveryStream last) -> listener.gone(last);
            }
        } catch (RuntimeException e) {
            log.error("A change of a delivery stream was not taken in: {}", event, e);
        }
        if (event instanceof DeliveryStreams.Event.Changed(DeliveryStream stream)) {
            lead(stream);
        }
    }

    private void lead(DeliveryStream stream) {
        if (stream.isPassing() && !leading.containsKey(stream.id())) {
            Thread thread = Thread.ofVirtual()
                    .name("delivery-stream-" + stream.name())
                    .unstarted(() -> leadToRest(stream.id(), stream.name()));
            leading.put(stream.id(), thread);
            thread.start();
        }
    }

    private void leadToRest(UUID id, String name) {
        try {
            while (!closed) {
                try {
                    if (!leadOn(id)) {
                        return;
                    }
                } catch (RuntimeException e) {
                    if (!closed) {
                        log.warn("Delivery stream {} stays as it is for now", name, e);
                    }
                    Thread.sleep(RETRY);
                }
            }
        } catch (InterruptedException _) {
            // The process ends. Another one, or this one's successor, goes on.
            streams.release(id);
        } finally {
            leading.remove(id);
        }
    }

    /** Whether there may be more to do. */
    private boolean leadOn(UUID id) throws InterruptedException {
        DeliveryStream stream =
                streams.read(id).filter(DeliveryStream::isPassing).orElse(null);
        if (stream == null) {
            return false;
        }
        if (!streams.claim(id, claim)) {
            return false;
        }
        switch (stream.status()) {
            case CREATING -> create(stream);
            case DELETING -> {
                listener.deleting(stream);
                streams.remove(id);
            }
            default -> changeEncryption(stream);
        }
        streams.release(id);
        return true;
    }

    private void create(DeliveryStream stream) throws InterruptedException {
        try {
            listener.creating(stream);
        } catch (DeliveryStreamFailedException e) {
            createdWith(stream.id(), e.failure());
            return;
        }
        SourceKey wanted = stream.encryption().wanted();
        if (wanted == null) {
            streams.change(
                    stream.id(),
                    now -> now.status() == DeliveryStreamStatus.CREATING
                            ? now.with(DeliveryStreamStatus.ACTIVE, null)
                            : now);
            return;
        }
        try {
            // No record is put before.
            encryption.enable(stream, wanted);
        } catch (DeliveryStreamFailedException e) {
            createdWith(stream.id(), e.failure());
            return;
        }
        streams.change(
                stream.id(),
                now -> now.status() == DeliveryStreamStatus.CREATING
                        ? now.with(now.encryption().enabled()).with(DeliveryStreamStatus.ACTIVE, null)
                        : now);
    }

    private void createdWith(UUID id, Failure failure) {
        streams.change(id, now -> {
            if (now.status() != DeliveryStreamStatus.CREATING) {
                return now;
            }
            DeliveryStream failed = now.with(DeliveryStreamStatus.CREATING_FAILED, failure);
            return failed.encryption().isChanging()
                    ? failed.with(failed.encryption().enablingFailed(failure))
                    : failed;
        });
    }

    private void changeEncryption(DeliveryStream stream) throws InterruptedException {
        EncryptionState asked = stream.encryption();
        EncryptionState after;
        try {
            if (asked.status() == DeliveryStreamEncryptionStatus.DISABLING) {
                encryption.disable(stream);
                after = EncryptionState.OFF;
            } else {
                SourceKey wanted = asked.wanted();
                if (wanted == null) {
                    throw new IllegalStateException("No key is wanted for " + stream);
                }
                encryption.enable(stream, wanted);
                after = asked.enabled();
            }
        } catch (DeliveryStreamFailedException e) {
            after = asked.status() == DeliveryStreamEncryptionStatus.DISABLING
                    ? asked.disablingFailed(e.failure())
                    : asked.enablingFailed(e.failure());
        }
        EncryptionState result = after;
        streams.change(stream.id(), now -> now.encryption().equals(asked) ? now.with(result) : now);
    }
}
