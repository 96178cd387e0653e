package io.riacho.streams.record;

import io.riacho.log.Append;
import io.riacho.log.Appended;
import io.riacho.log.LogFullException;
import io.riacho.log.SealingKey;
import io.riacho.log.ShardLog;
import io.riacho.streams.encryption.StreamKeys;
import io.riacho.streams.error.KinesisErrors;
import io.riacho.streams.shard.HashKey;
import io.riacho.streams.shard.Shard;
import io.riacho.streams.shard.ShardMap;
import io.riacho.streams.stream.Stream;
import io.riacho.streams.stream.StreamCatalog;
import io.riacho.streams.traffic.HotKeys;
import io.riacho.streams.usage.StreamsMeter;
import io.riacho.tracing.OpenSpan;
import io.riacho.tracing.Tracing;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Routes records to shards by the MD5 of their partition keys or by their explicit hash keys, charges the shards' write
 * limits, and appends them to the log, sealed where the stream is encrypted. Safe for use by many threads.
 */
final class RecordWriter {

    private static final Logger log = LoggerFactory.getLogger(RecordWriter.class);
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);
    /** How long a record waits for its shard's children while a stream is resharded. */
    private static final Duration RESHARDING = Duration.ofSeconds(10);

    private static final int MD5_BYTES = 16;

    private final StreamCatalog catalog;
    private final ShardLog shardLog;
    private final StreamKeys keys;
    private final Tracing tracing;

    RecordWriter(StreamCatalog catalog, ShardLog shardLog, StreamKeys keys, Tracing tracing) {
        this.tracing = tracing;
        this.catalog = catalog;
        this.shardLog = shardLog;
        this.keys = keys;
    }

    /**
     * Stores the records; returns when they are durable.
     *
     * @param meter of the stream and of who puts; is told of what is durable before this returns
     */
    Placed write(Stream stream, PutBatch batch, StreamsMeter.Put meter) {
        HotKeys hotKeys = stream.traffic().hotKeys();
        if (hotKeys != null && !hotKeys.add(batch.size(), batch::key)) {
            stream.traffic().countKeysIn(null);
        }
        Placed placed = new Placed(batch.size());
        int[] waiting = new int[batch.size()];
        int count = route(stream.shards(), batch, placed, waiting);
        Stream now = stream;
        while (count > 0) {
            Appended appended = append(now, batch, placed, waiting, count);
            int sealed = 0;
            StoredRuns runs = meter.isOn() ? new StoredRuns(meter, count) : null;
            for (int i = 0; i < count; i++) {
                int index = waiting[i];
                if (appended.isSealed(i)) {
                    waiting[sealed++] = index;
                } else {
                    Shard shard = placed.shard(index);
                    placed.stored(index, shard, appended.offset(i));
                    shard.traffic().wrote(batch.bytes(index), 1);
                    if (runs != null) {
                        runs.add(shard.number(), appended.offset(i), batch.bytes(index));
                    }
                }
            }
            if (runs != null) {
                runs.finish(appended.timestamp());
            }
            count = sealed;
            if (count > 0) {
                now = resharded(now);
                rerouted(now.shards(), batch, placed, waiting, count);
            }
        }
        return placed;
    }

    /** Fills {@code waiting} with the records that their shards' limits let through. */
    private static int route(ShardMap shards, PutBatch batch, Placed placed, int[] waiting) {
        Router router = new Router(shards);
        int count = 0;
        for (int i = 0; i < batch.size(); i++) {
            Shard shard = router.shardOf(batch, i);
            if (shard.limits().tryWrite(batch.bytes(i))) {
                placed.stored(i, shard, 0);
                waiting[count++] = i;
            } else {
                placed.throttled(i, shard);
                shard.traffic().writeThrottled();
            }
        }
        return count;
    }

    private static void rerouted(ShardMap shards, PutBatch batch, Placed placed, int[] waiting, int count) {
        Router router = new Router(shards);
        for (int i = 0; i < count; i++) {
            placed.stored(waiting[i], router.shardOf(batch, waiting[i]), 0);
        }
    }

    private Appended append(Stream stream, PutBatch batch, Placed placed, int[] waiting, int count) {
        Append append = new Append(count);
        SealingKey key = keys.sealing(stream);
        if (key != null) {
            append.sealWith(key);
        }
        for (int i = 0; i < count; i++) {
            int index = waiting[i];
            append.add(
                    placed.shard(index).number(),
                    batch.key(index),
                    batch.data(index),
                    batch.position(index),
                    batch.length(index));
        }
        OpenSpan span = tracing.child("append");
        try {
            CompletableFuture<Appended> appended = shardLog.append(append);
            span.event("buffered");
            return appended.join();
        } catch (CompletionException e) {
            span.failed("LogFailure");
            throw failure(e.getCause() == null ? e : e.getCause());
        } catch (RuntimeException e) {
            span.failed("LogFailure");
            throw failure(e);
        } finally {
            if (span.isRecorded()) {
                span.with("aws.kinesis.stream_name", stream.name()).with("riacho.records", count);
            }
            span.close();
        }
    }

    private static RuntimeException failure(Throwable cause) {
        if (cause instanceof LogFullException) {
            log.warn("Records are refused: {}", cause.getMessage());
            return KinesisErrors.noRoom();
        }
        log.error("Records could not be stored", cause);
        return KinesisErrors.internalFailure("The server could not store the records. Some may be stored.");
    }

    /** The stream once its sealed shards have children. */
    private Stream resharded(Stream old) {
        long deadline = System.nanoTime() + RESHARDING.toNanos();
        while (System.nanoTime() < deadline) {
            Stream now = catalog.get(old.name());
            if (!now.isServing()) {
                throw KinesisErrors.streamNotFound(old.name(), catalog.naming().accountId());
            }
            if (now.shards() != old.shards()) {
                return now;
            }
            try {
                Thread.sleep(1);
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
                break;
            }
        }
        throw KinesisErrors.internalFailure(
                "Stream " + old.name() + " is being resharded for too long. Some records may not be stored.");
    }

    private static final class Router {

        private final ShardMap shards;
        private final MessageDigest md5 = md5();
        private final byte[] hash = new byte[MD5_BYTES];

        Router(ShardMap shards) {
            this.shards = shards;
        }

        Shard shardOf(PutBatch batch, int index) {
            HashKey explicit = batch.explicitHashKey(index);
            if (explicit != null) {
                return shards.route(explicit.high(), explicit.low());
            }
            md5.update(batch.key(index));
            try {
                md5.digest(hash, 0, MD5_BYTES);
            } catch (java.security.DigestException e) {
                throw new IllegalStateException("MD5 has 16 bytes", e);
            }
            return shards.route((long) LONGS.get(hash, 0), (long) LONGS.get(hash, 8));
        }

        private static MessageDigest md5() {
            try {
                return MessageDigest.getInstance("MD5");
            } catch (NoSuchAlgorithmException e) {
                throw new IllegalStateException("MD5 is part of every JDK", e);
            }
        }
    }
}
