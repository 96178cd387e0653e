package io.riacho.compatibility;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.kinesis.KinesisAsyncClient;
import software.amazon.awssdk.services.kinesis.model.ChildShard;
import software.amazon.awssdk.services.kinesis.model.GetRecordsResponse;
import software.amazon.awssdk.services.kinesis.model.ProvisionedThroughputExceededException;
import software.amazon.awssdk.services.kinesis.model.Record;
import software.amazon.awssdk.services.kinesis.model.ShardIteratorType;

/**
 * Reads a stream as the Kinesis Client Library does: each shard from its trim horizon to its end, and a child only when all its parents
 * have ended. It learns of children from {@code ChildShards} alone.
 */
final class LineageReader implements AutoCloseable {

    private final KinesisAsyncClient client;
    private final String stream;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Map<String, List<Record>> records = new ConcurrentHashMap<>();
    private final Map<String, List<Record>> recordsOfKeys = new ConcurrentHashMap<>();
    private final Map<String, List<ChildShard>> ends = new ConcurrentHashMap<>();
    private final Set<String> begun = new HashSet<>();
    private final AtomicInteger count = new AtomicInteger();
    private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
    private volatile boolean stopped;

    private LineageReader(KinesisAsyncClient client, String stream) {
        this.client = client;
        this.stream = stream;
    }

    static LineageReader started(KinesisAsyncClient client, String stream, Collection<String> firstShards) {
        LineageReader reader = new LineageReader(client, stream);
        firstShards.forEach(reader::begin);
        return reader;
    }

    /** Waits until the condition holds, or a shard's reader has failed. */
    void await(String what, BooleanSupplier condition) {
        Pause.until(what, () -> {
            Throwable thrown = failure.get();
            if (thrown != null) {
                throw new AssertionError("The reader failed", thrown);
            }
            return condition.getAsBoolean();
        });
    }

    int count() {
        return count.get();
    }

    /** The records of each shard, in the order of reading. */
    Map<String, List<Record>> recordsOfShards() {
        return new LinkedHashMap<>(records);
    }

    /** The records of each partition key over all shards, in the order of reading. */
    Map<String, List<Record>> recordsOfKeys() {
        return new LinkedHashMap<>(recordsOfKeys);
    }

    /** The shards that ended, with the children that their last answer named. */
    Map<String, List<ChildShard>> ends() {
        return new LinkedHashMap<>(ends);
    }

    @Override
    public void close() {
        stopped = true;
        threads.close();
    }

    private synchronized void begin(String shardId) {
        if (begun.add(shardId)) {
            var unused = threads.submit(() -> {
                try {
                    readToItsEnd(shardId);
                } catch (RuntimeException | Error e) {
                    failure.compareAndSet(null, e);
                }
            });
        }
    }

    private void readToItsEnd(String shardId) {
        List<Record> read = records.computeIfAbsent(shardId, id -> new ArrayList<>());
        String iterator = client.getShardIterator(request ->
                        request.streamName(stream).shardId(shardId).shardIteratorType(ShardIteratorType.TRIM_HORIZON))
                .join()
                .shardIterator();
        while (!stopped) {
            GetRecordsResponse answer = next(iterator);
            if (answer != null) {
                for (Record record : answer.records()) {
                    read.add(record);
                    recordsOfKeys
                            .computeIfAbsent(record.partitionKey(), key -> new ArrayList<>())
                            .add(record);
                }
                count.addAndGet(answer.records().size());
                if (answer.nextShardIterator() == null) {
                    end(shardId, answer.childShards());
                    return;
                }
                if (answer.hasChildShards()) {
                    throw new AssertionError(shardId + " names children before its end");
                }
                iterator = answer.nextShardIterator();
            }
            Pause.milliseconds(20);
        }
    }

    private @Nullable GetRecordsResponse next(String iterator) {
        try {
            return client.getRecords(request -> request.shardIterator(iterator)).join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof ProvisionedThroughputExceededException) {
                return null;
            }
            throw e;
        }
    }

    private synchronized void end(String shardId, List<ChildShard> children) {
        ends.put(shardId, List.copyOf(children));
        for (ChildShard child : children) {
            if (ends.keySet().containsAll(child.parentShards())) {
                begin(child.shardId());
            }
        }
    }
}
