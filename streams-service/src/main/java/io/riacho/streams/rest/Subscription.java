package io.riacho.streams.rest;

import io.riacho.log.ShardLog;
import io.riacho.protocol.AwsException;
import io.riacho.protocol.RequestContext;
import io.riacho.protocol.rest.Problems;
import io.riacho.streams.error.KinesisErrors;
import io.riacho.streams.iterator.ShardIterators;
import io.riacho.streams.record.ReadWakeup;
import io.riacho.streams.shard.SequenceNumber;
import io.riacho.streams.stream.Stream;
import io.riacho.streams.stream.StreamCatalog;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.function.Consumer;
import software.amazon.awssdk.services.kinesis.model.GetRecordsRequest;
import software.amazon.awssdk.services.kinesis.model.GetRecordsResponse;
import software.amazon.awssdk.services.kinesis.model.Record;

/**
 * One reader of server-sent events. Its own thread reads by GetRecords, with the same permission and limits, whenever the
 * log says that there is something to read; so a slow reader holds up nobody, and holds one answer in memory.
 */
final class Subscription implements AutoCloseable {

    private static final long RETRY_MILLIS = 1000;
    private static final long THROTTLED_MILLIS = 250;
    /** A reader that has caught up leaves calls of GetRecords to others: a shard allows five a second. */
    private static final long CAUGHT_UP_MILLIS = 250;

    private static final Duration RECHECK = Duration.ofSeconds(2);

    private static final String THROTTLED = "ProvisionedThroughputExceededException";
    private static final String EXPIRED = "ExpiredIteratorException";

    private final KinesisCalls kinesis;
    private final ShardIterators iterators;
    private final StreamCatalog catalog;
    private final ShardLog log;
    private final SubscriptionSettings settings;
    private final Stream stream;
    private final RecordFormat format;
    private final Consumer<RequestContext> permission;
    private final Consumer<Subscription> whenClosed;
    private final FollowedShards shards;
    private final ReadWakeup wakeup = new ReadWakeup();
    private RequestContext context;
    private volatile boolean stopped;

    /** @param permission what the reader needs, which is asked for again now and then; throws where it has it no more */
    Subscription(
            KinesisCalls kinesis,
            ShardIterators iterators,
            StreamCatalog catalog,
            ShardLog log,
            SubscriptionSettings settings,
            Stream stream,
            RecordFormat format,
            RequestContext context,
            Consumer<RequestContext> permission,
            Consumer<Subscription> whenClosed) {
        this.kinesis = kinesis;
        this.iterators = iterators;
        this.catalog = catalog;
        this.log = log;
        this.settings = settings;
        this.stream = stream;
        this.format = format;
        this.context = context;
        this.permission = permission;
        this.whenClosed = whenClosed;
        shards = new FollowedShards(kinesis, iterators, catalog, log, stream, context, wakeup);
    }

    /** @throws AwsException where it cannot begin there */
    void begin(StartingPoint from) {
        shards.begin(from);
    }

    /** Whether there is nothing to be read any more, so that the reader need not come again. */
    boolean isAtEnd() {
        return shards.isEmpty();
    }

    void run(OutputStream out) throws IOException {
        EventWriter events = new EventWriter(out, format);
        events.begin(shards.cursor(), RETRY_MILLIS);
        try {
            serve(events);
        } catch (AwsException e) {
            events.event(shards.cursor(), "problem", Problems.text(e, context.requestId()));
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    void stop() {
        stopped = true;
        wakeup.raise();
    }

    @Override
    public void close() {
        shards.close();
        whenClosed.accept(this);
    }

    private void serve(EventWriter events) throws IOException, InterruptedException {
        long end = System.nanoTime() + settings.duration().toNanos();
        long heartbeat = System.nanoTime() + settings.heartbeat().toNanos();
        long recheck = System.nanoTime() + RECHECK.toNanos();
        while (!stopped && !shards.isEmpty() && System.nanoTime() - end < 0) {
            if (System.nanoTime() - recheck >= 0) {
                context = context.renewed();
                permission.accept(context);
                recheck = System.nanoTime() + RECHECK.toNanos();
            }
            boolean read = false;
            for (ShardPosition position : shards.positions()) {
                if (!stopped && position.isReady(System.nanoTime())) {
                    read |= read(position, events);
                }
            }
            if (read) {
                events.flush();
                heartbeat = System.nanoTime() + settings.heartbeat().toNanos();
            } else if (System.nanoTime() - heartbeat >= 0) {
                events.heartbeat(shards.cursor());
                heartbeat = System.nanoTime() + settings.heartbeat().toNanos();
            }
            await(Math.min(Math.min(heartbeat, end), recheck));
        }
        if (shards.isEmpty()) {
            events.event(shards.cursor(), "end", "{}");
        }
    }

    private void await(long until) throws InterruptedException {
        long now = System.nanoTime();
        if (!stopped) {
            wakeup.await(Math.min(until - now, shards.nanosUntilReady(now)));
        }
    }

    /** Reads once; gives whether that said something to the reader. */
    private boolean read(ShardPosition position, EventWriter events) throws IOException {
        if (catalog.find(stream.id()).isEmpty()) {
            throw KinesisErrors.streamNotFound(stream.name(), catalog.naming().accountId());
        }
        position.take();
        GetRecordsResponse answer;
        try {
            answer = kinesis.call(
                    GetRecordsRequest.builder()
                            .shardIterator(position.iterator())
                            .limit(position.limit())
                            .build(),
                    GetRecordsResponse.class,
                    context);
        } catch (AwsException e) {
            again(position, e);
            return false;
        }
        long bytes = 0;
        for (Record record : answer.records()) {
            position.advance(
                    SequenceNumber.parse(record.sequenceNumber()).orElseThrow().offset() + 1);
            events.record(shards.cursor(), position.shard().id(), record);
            bytes += record.data().asByteArrayUnsafe().length;
        }
        position.learn(answer.records().size(), bytes);
        String next = answer.nextShardIterator();
        if (next == null) {
            shards.finish(position);
            return true;
        }
        position.advance(next, iterators.take(next).offset());
        if (position.offset() < log.endOffset(position.shard().number())) {
            position.signal();
        } else {
            position.pause(System.nanoTime(), CAUGHT_UP_MILLIS);
        }
        return !answer.records().isEmpty();
    }

    private void again(ShardPosition position, AwsException error) {
        switch (error.type()) {
            case THROTTLED -> position.pause(System.nanoTime(), THROTTLED_MILLIS);
            case EXPIRED -> shards.renew(position);
            default -> throw error;
        }
        position.signal();
    }
}
