package io.riacho.streams.rest;

import io.riacho.log.ShardLog;
import io.riacho.protocol.AwsException;
import io.riacho.protocol.RequestContext;
import io.riacho.streams.iterator.ShardIterators;
import io.riacho.streams.stream.Stream;
import io.riacho.streams.stream.StreamAccess;
import io.riacho.streams.stream.StreamCatalog;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import org.springframework.context.SmartLifecycle;

/** The readers of server-sent events: so many at once, and none when the server stops. */
public final class Subscriptions implements SmartLifecycle {

    private final KinesisCalls kinesis;
    private final ShardIterators iterators;
    private final StreamCatalog catalog;
    private final StreamAccess access;
    private final ShardLog log;
    private final SubscriptionSettings settings;
    private final Semaphore places;
    private final Set<Subscription> open = ConcurrentHashMap.newKeySet();
    private volatile boolean running;

    public Subscriptions(
            KinesisCalls kinesis,
            ShardIterators iterators,
            StreamCatalog catalog,
            StreamAccess access,
            ShardLog log,
            SubscriptionSettings settings) {
        this.kinesis = kinesis;
        this.iterators = iterators;
        this.catalog = catalog;
        this.access = access;
        this.log = log;
        this.settings = settings;
        places = new Semaphore(settings.most());
    }

    /**
     * Begins to read.
     *
     * @return to be run, and closed afterwards
     * @throws AwsException where the caller may not read, the stream is not there, or the place to begin at is wrong
     */
    Subscription open(String streamName, StartingPoint from, RecordFormat format, RequestContext context) {
        boolean oneShard = from.shardId() != null;
        require(context, streamName, oneShard);
        Stream stream = catalog.get(streamName);
        if (!running || !places.tryAcquire()) {
            throw AwsException.badRequest(
                    "ThrottlingException", "There are too many subscriptions on this server. Please try again later.");
        }
        Subscription subscription = new Subscription(
                kinesis,
                iterators,
                catalog,
                log,
                settings,
                stream,
                format,
                context,
                renewed -> require(renewed, streamName, oneShard),
                this::closed);
        open.add(subscription);
        try {
            subscription.begin(from);
        } catch (RuntimeException e) {
            subscription.close();
            throw e;
        }
        return subscription;
    }

    private void require(RequestContext context, String streamName, boolean oneShard) {
        access.require(context, "GetRecords", streamName);
        access.require(context, "GetShardIterator", streamName);
        if (!oneShard) {
            access.require(context, "ListShards", streamName);
        }
    }

    private void closed(Subscription subscription) {
        if (open.remove(subscription)) {
            places.release();
        }
    }

    @Override
    public void start() {
        running = true;
    }

    /** Before the web server waits for requests to end, so that it does not wait for these. */
    @Override
    public void stop() {
        running = false;
        open.forEach(Subscription::stop);
    }

    @Override
    public boolean isRunning() {
        return running;
    }
}
