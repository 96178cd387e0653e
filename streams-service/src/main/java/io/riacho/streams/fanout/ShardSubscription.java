package io.riacho.streams.fanout;

import io.riacho.log.ShardLog;
import io.riacho.log.Watching;
import io.riacho.protocol.AwsException;
import io.riacho.protocol.StreamedAnswer;
import io.riacho.streams.error.KinesisErrors;
import io.riacho.streams.record.ReadWakeup;
import io.riacho.streams.shard.Shard;
import io.riacho.streams.stream.Stream;
import io.riacho.streams.stream.StreamCatalog;
import java.io.IOException;
import java.io.OutputStream;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.services.kinesis.model.StreamStatus;

/**
 * One consumer's subscription to one shard. Its request's thread waits for the commit, reads one event, writes it, and
 * reads no further before that is taken; while it waits it holds no buffer. Other threads may end it.
 */
final class ShardSubscription implements StreamedAnswer {

    private static final Logger LOG = LoggerFactory.getLogger(ShardSubscription.class);

    private final StreamCatalog catalog;
    private final ShardLog log;
    private final FanOutSettings settings;
    private final Subscriber subscriber;
    private final EventFrames frames;
    private final EventSource events;
    private final Consumer<ShardSubscription> whenClosed;
    private final ReadWakeup wakeup = new ReadWakeup();
    private volatile @Nullable AwsException failure;
    private volatile boolean stopped;

    ShardSubscription(
            StreamCatalog catalog,
            ShardLog log,
            FanOutSettings settings,
            Subscriber subscriber,
            EventFrames frames,
            EventSource events,
            Consumer<ShardSubscription> whenClosed) {
        this.catalog = catalog;
        this.log = log;
        this.settings = settings;
        this.subscriber = subscriber;
        this.frames = frames;
        this.events = events;
        this.whenClosed = whenClosed;
    }

    Subscriber subscriber() {
        return subscriber;
    }

    /** Something about the stream or the consumer has changed. */
    void changed() {
        wakeup.raise();
    }

    /** Ends it with an error. */
    void fail(AwsException error) {
        failure = error;
        wakeup.raise();
    }

    /** Ends it as if its time were over, so that the consumer subscribes again. */
    void stop() {
        stopped = true;
        wakeup.raise();
    }

    @Override
    public void run(OutputStream out) throws IOException {
        try (Watching watching = log.onReadable(subscriber.shardNumber(), wakeup::raise)) {
            out.write(frames.initialResponse());
            out.flush();
            push(out);
        } catch (AwsException e) {
            end(out, e);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            LOG.error("A subscription to {} failed", subscriber, e);
            end(out, KinesisErrors.internalFailure("The subscription failed."));
        } finally {
            whenClosed.accept(this);
        }
    }

    private void end(OutputStream out, AwsException error) throws IOException {
        out.write(frames.exception(error));
        out.flush();
    }

    private void push(OutputStream out) throws IOException, InterruptedException {
        long began = System.nanoTime();
        long end = began + settings.duration().toNanos();
        long recheck = began + settings.recheck().toNanos();
        long heartbeat = began + settings.heartbeat().toNanos();
        while (!stopped) {
            AwsException told = failure;
            if (told != null) {
                throw told;
            }
            long now = System.nanoTime();
            if (now - end >= 0) {
                return;
            }
            Stream stream = stream();
            subscriber.requireActive();
            if (now - recheck >= 0) {
                subscriber.recheck(stream);
                recheck = now + settings.recheck().toNanos();
            }
            Shard shard = stream.shards().find(subscriber.shardIndex()).orElseThrow(this::shardGone);
            boolean hasMore = events.hasMore(shard);
            long pause = hasMore ? subscriber.limits().nanosUntilReadable() : Long.MAX_VALUE;
            if (pause == 0 || (!hasMore && now - heartbeat >= 0)) {
                if (events.write(stream, shard, subscriber.opening(), subscriber.limits(), out)) {
                    return;
                }
                heartbeat = System.nanoTime() + settings.heartbeat().toNanos();
            } else {
                long next = Math.min(Math.min(end, recheck), hasMore ? end : heartbeat) - now;
                wakeup.await(Math.min(next, pause));
            }
        }
    }

    private Stream stream() {
        return catalog.find(subscriber.streamId())
                .filter(stream -> stream.status() != StreamStatus.DELETING)
                .orElseThrow(() -> KinesisErrors.streamNotFound(
                        subscriber.streamName(), catalog.naming().accountId()));
    }

    private AwsException shardGone() {
        return KinesisErrors.shardDoesNotExist(
                subscriber.shardId(), subscriber.streamName(), catalog.naming().accountId());
    }
}
