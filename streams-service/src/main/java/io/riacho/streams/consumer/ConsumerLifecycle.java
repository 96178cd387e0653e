package io.riacho.streams.consumer;

import io.riacho.streams.error.KinesisErrors;
import io.riacho.streams.limit.LimitSettings;
import io.riacho.streams.stream.AccountSettingsKeeper;
import io.riacho.streams.stream.Stream;
import io.riacho.streams.stream.StreamCatalog;
import io.riacho.streams.stream.StreamResolver;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.services.kinesis.model.ConsumerStatus;

/** Leads consumers through their states: CREATING, ACTIVE, DELETING. A restart goes on where the process died. */
public final class ConsumerLifecycle implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(ConsumerLifecycle.class);
    private static final Duration RETRY = Duration.ofSeconds(1);
    private static final int MOST_CREATING = 5;
    /** AWS: 50 instead of 20. */
    private static final double MORE_WITH_ADVANTAGE = 2.5;

    private final ConsumerCatalog consumers;
    private final StreamCatalog streams;
    private final StreamResolver resolver;
    private final LimitSettings limits;
    private final AccountSettingsKeeper account;
    private final Duration transition;
    private final InstantSource clock;
    private volatile boolean closed;

    /** @param transition how long a state lasts at the least */
    public ConsumerLifecycle(
            ConsumerCatalog consumers,
            StreamCatalog streams,
            StreamResolver resolver,
            LimitSettings limits,
            AccountSettingsKeeper account,
            Duration transition,
            InstantSource clock) {
        this.consumers = consumers;
        this.streams = streams;
        this.resolver = resolver;
        this.limits = limits;
        this.account = account;
        this.transition = transition;
        this.clock = clock;
        consumers.in(ConsumerStatus.CREATING).forEach(consumer -> later(consumer, this::activate));
        consumers.in(ConsumerStatus.DELETING).forEach(consumer -> later(consumer, consumers::remove));
    }

    /** Adds a consumer to a stream, which has to be ACTIVE. */
    Consumer register(Stream stream, String name, Instant createdAt, Map<String, String> tags) {
        Consumer[] added = new Consumer[1];
        // Under the stream's lock, so that it is not deleted meanwhile.
        streams.change(stream, now -> {
            resolver.requireActive(now);
            added[0] = consumers.add(now, name, createdAt, tags, () -> checkCounts(now));
            return now;
        });
        later(added[0], this::activate);
        return added[0];
    }

    void deregister(Consumer consumer) {
        Consumer deleting = consumers.change(consumer.arn(), now -> {
            if (now.status() == ConsumerStatus.DELETING) {
                throw ConsumerErrors.notActive(now, streams.naming().accountId());
            }
            return now.withStatus(ConsumerStatus.DELETING);
        });
        later(deleting, consumers::remove);
    }

    @Override
    public void close() {
        closed = true;
    }

    private void checkCounts(Stream stream) {
        if (!limits.enabled()) {
            return;
        }
        int most = stream.isOnDemand() && account.get().isCommitted(clock.instant())
                ? (int) (limits.consumers() * MORE_WITH_ADVANTAGE)
                : limits.consumers();
        if (consumers.count(stream) >= most) {
            throw KinesisErrors.limitExceeded("Stream " + stream.name() + " under account "
                    + streams.naming().accountId() + " cannot have more than " + most + " registered consumers.");
        }
        if (consumers.in(ConsumerStatus.CREATING).size() >= MOST_CREATING) {
            throw KinesisErrors.limitExceeded(
                    "More than " + MOST_CREATING + " consumers cannot be in CREATING status at the same time.");
        }
    }

    private void activate(Consumer consumer) {
        consumers.change(consumer.arn(), now -> now.withStatus(ConsumerStatus.ACTIVE));
    }

    /** Takes the consumer out of its state after the time that the state is to last, trying again while that fails. */
    private void later(Consumer consumer, java.util.function.Consumer<Consumer> step) {
        Thread.ofVirtual().name("consumer-" + consumer.name()).start(() -> {
            Duration pause = transition;
            while (!closed) {
                try {
                    Thread.sleep(pause);
                    if (!closed) {
                        consumers
                                .find(consumer.arn())
                                .filter(now -> now.id() == consumer.id() && now.status() == consumer.status())
                                .ifPresent(step);
                    }
                    return;
                } catch (InterruptedException _) {
                    return;
                } catch (RuntimeException e) {
                    if (!closed) {
                        log.warn("Consumer {} stays {} for now", consumer.arn(), consumer.status(), e);
                    }
                    pause = RETRY;
                }
            }
        });
    }
}
