package io.riacho.firehose.delivery;

import io.riacho.firehose.record.SourceRecord;
import io.riacho.firehose.source.RecordSource;
import io.riacho.firehose.source.ShardReader;
import io.riacho.firehose.source.SourceBatch;
import io.riacho.firehose.source.SourceException;
import io.riacho.leases.NewLease;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** Shards in memory, which readers wait for as they do for a stream's. */
final class MemorySource implements RecordSource {

    private static final String BEGINNING = "TRIM_HORIZON";
    private static final int RECORDS_OF_A_BATCH = 50;

    private final Map<String, MemoryShard> shards = new LinkedHashMap<>();
    private final List<String> opened = new CopyOnWriteArrayList<>();
    private volatile @Nullable String failure;
    private volatile String identity = "first";
    private boolean breaks;

    /** A shard that is there from the start. */
    synchronized void shard(String name) {
        shards.put(name, new MemoryShard(true));
    }

    /** Ends a shard with one child. */
    synchronized void end(String name, String child) {
        shards.put(child, new MemoryShard(false));
        MemoryShard shard = of(name);
        shard.children = List.of(new NewLease(child, List.of(name), BEGINNING));
        notifyAll();
    }

    synchronized void end(String name) {
        of(name).children = List.of();
        notifyAll();
    }

    /** @param key by which partitions are made */
    synchronized void put(String shard, String key, String text) {
        MemoryShard of = of(shard);
        byte[] data = text.getBytes(StandardCharsets.UTF_8);
        of.records.add(new SourceRecord(
                shard, BigInteger.valueOf(of.records.size() + 1L), 0, key, Instant.now(), data, Map.of()));
        notifyAll();
    }

    /** Has the next read fail as none should, which ends the life. */
    synchronized void breakOff() {
        breaks = true;
        notifyAll();
    }

    synchronized List<String> ids() {
        return shards.values().stream()
                .flatMap(shard -> shard.records.stream())
                .map(SourceRecord::id)
                .toList();
    }

    synchronized List<SourceRecord> records(String shard) {
        return List.copyOf(of(shard).records);
    }

    /** Shards in the order in which readers were opened. */
    List<String> opened() {
        return opened;
    }

    @Override
    public String name() {
        return "memory";
    }

    /** From now on the source cannot be read; null where it can again. */
    synchronized void fail(@Nullable String text) {
        failure = text;
        notifyAll();
    }

    /** Another source takes this one's place. */
    void replace() {
        identity = "another";
    }

    @Override
    public String identity() throws SourceException {
        throwFailure();
        return identity;
    }

    @Override
    public synchronized List<NewLease> shards() throws SourceException {
        throwFailure();
        List<NewLease> leases = new ArrayList<>();
        shards.forEach((name, shard) -> {
            if (shard.first) {
                leases.add(new NewLease(name, List.of(), BEGINNING));
            }
        });
        return leases;
    }

    @Override
    public synchronized ShardReader open(String shard, String checkpoint) {
        opened.add(shard);
        int from = checkpoint.equals(BEGINNING) || checkpoint.equals(shard) ? 0 : Integer.parseInt(checkpoint);
        return new Reader(of(shard), from);
    }

    @Override
    public void close() {
        // Nothing is held.
    }

    private void throwFailure() throws SourceException {
        if (failure != null) {
            throw new SourceException("Test.Away", failure, null);
        }
    }

    private MemoryShard of(String name) {
        return Objects.requireNonNull(shards.get(name), name);
    }

    private static final class MemoryShard {

        final boolean first;
        final List<SourceRecord> records = new ArrayList<>();

        @Nullable
        List<NewLease> children;

        MemoryShard(boolean first) {
            this.first = first;
        }
    }

    private final class Reader implements ShardReader {

        private final MemoryShard shard;
        private int at;

        Reader(MemoryShard shard, int at) {
            this.shard = shard;
            this.at = at;
        }

        @Override
        public @Nullable SourceBatch read(Duration patience) throws SourceException, InterruptedException {
            synchronized (MemorySource.this) {
                if (failure == null && at == shard.records.size() && shard.children == null) {
                    MemorySource.this.wait(Math.max(1, patience.toMillis()));
                }
                throwFailure();
                if (breaks) {
                    breaks = false;
                    throw new IllegalStateException("The source broke off");
                }
                int to = Math.min(shard.records.size(), at + RECORDS_OF_A_BATCH);
                List<SourceRecord> batch = List.copyOf(shard.records.subList(at, to));
                at = to;
                boolean ended = shard.children != null && at == shard.records.size();
                if (batch.isEmpty() && !ended) {
                    return null;
                }
                return new SourceBatch(batch, BigInteger.valueOf(at), 0L, ended ? shard.children : null);
            }
        }

        @Override
        public void close() {
            // Nothing is held.
        }
    }
}
