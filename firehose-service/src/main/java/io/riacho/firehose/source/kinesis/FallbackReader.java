package io.riacho.firehose.source.kinesis;

import io.riacho.firehose.source.ShardReader;
import io.riacho.firehose.source.SourceBatch;
import io.riacho.firehose.source.SourceException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads by a subscription; by GetRecords where the role of the delivery stream may not be a consumer, as roles that were
 * made for AWS's Firehose may not, where the stream has as many consumers as it can, or the process as many subscriptions.
 */
final class FallbackReader implements ShardReader {

    private static final Logger log = LoggerFactory.getLogger(FallbackReader.class);
    private static final Set<String> NO_CONSUMER =
            Set.of("AccessDeniedException", "LimitExceededException", "UnsupportedOperationException");

    private final StreamConsumer consumer;
    private final Supplier<ShardReader> polled;
    private final Subscriptions subscriptions;
    private final AtomicBoolean subscribed;
    private volatile ShardReader reader;
    /** Whether the reader is the right one: it has read something, or there is no other. */
    private boolean settled;

    FallbackReader(
            StreamConsumer consumer,
            Subscriptions subscriptions,
            Supplier<ShardReader> subscribed,
            Supplier<ShardReader> polled) {
        this.consumer = consumer;
        this.polled = polled;
        this.subscriptions = subscriptions;
        this.subscribed = new AtomicBoolean(subscriptions.tryTake());
        this.settled = !this.subscribed.get();
        this.reader = settled ? polled.get() : subscribed.get();
    }

    @Override
    public @Nullable SourceBatch read(Duration patience) throws SourceException, InterruptedException {
        if (settled) {
            return reader.read(patience);
        }
        try {
            String _ = consumer.arn();
            SourceBatch batch = reader.read(patience);
            settled = batch != null;
            return batch;
        } catch (SourceException e) {
            if (!NO_CONSUMER.contains(e.code())) {
                throw e;
            }
            log.info("Reads by GetRecords: {}", e.getMessage());
            close();
            reader = polled.get();
            settled = true;
            return reader.read(patience);
        }
    }

    @Override
    public void close() {
        reader.close();
        if (subscribed.getAndSet(false)) {
            subscriptions.giveBack();
        }
    }
}
