package io.riacho.firehose.delivery;

import io.riacho.firehose.destination.BufferHints;
import io.riacho.firehose.intent.ShardIntents;
import io.riacho.firehose.processing.ProcessedRecord;
import io.riacho.firehose.record.SourceRecord;
import io.riacho.firehose.source.SourceBatch;
import io.riacho.leases.HeldLease;
import io.riacho.tracing.OpenSpan;
import io.riacho.usage.hours.Amounts;
import java.math.BigInteger;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads a shard from a checkpoint on and delivers it. One thread reads, processes and buffers; {@link ShardFlights} deliver
 * what it buffers. The first failure that cannot be waited out ends the life.
 */
final class ShardLife implements AutoCloseable {

    /** Where records were read and nothing of them is left to deliver, because all were dropped. */
    private static final Duration CHECKPOINT = Duration.ofSeconds(30);
    /** Where nothing was read: so that many shards that are idle seldom ask the database. */
    private static final Duration IDLE_CHECKPOINT = Duration.ofHours(1);

    private static final Duration READ_PATIENCE = Duration.ofSeconds(5);

    private final StreamDelivery stream;
    private final StreamSetup setup;
    private final HeldLease held;
    private final ShardReading reading;
    private final ShardFlights flights;
    private final ShardBuffers buffers;
    private final Thread readingThread = Thread.currentThread();
    private final Object ticking = new Object();
    private @Nullable Long tickAt;
    private volatile @Nullable Exception failure;
    private volatile boolean closed;
    /** Of the thread that reads. */
    private boolean readSinceCheckpoint;

    private ShardLife(
            StreamDelivery stream,
            HeldLease held,
            ShardReading reading,
            ShardIntents former,
            @Nullable BigInteger from) {
        this.stream = stream;
        this.setup = stream.setup();
        this.held = held;
        this.reading = reading;
        this.flights = new ShardFlights(stream, held, former, from, this::scheduleTick, this::fail);
        this.buffers = flights.buffers();
    }

    /** @param checkpoint a position, or where a source begins */
    static ShardLife begin(StreamDelivery stream, HeldLease held, String checkpoint) {
        ShardIntents former = stream.intents().load(stream.setup().id(), held.shard());
        ShardReading reading = new ShardReading(stream, held.shard(), checkpoint);
        return new ShardLife(stream, held, reading, former, position(checkpoint));
    }

    ShardBuffers buffers() {
        return buffers;
    }

    /** The last one that was written down in this life; null where none was. */
    @Nullable
    String checkpoint() {
        return flights.checkpoint();
    }

    /**
     * Runs until the shard is at its end and delivered.
     *
     * @param failures forgotten once something was delivered
     */
    void run(Backoff failures) throws StalledException, InterruptedException {
        try {
            List<SourceRecord> gathered = new ArrayList<>();
            SourceBatch batch;
            do {
                batch = gather(gathered);
                process(gathered, batch);
                gathered.clear();
                checkpointWhereIdle();
                if (flights.checkpoint() != null) {
                    failures.reset();
                }
            } while (batch == null || batch.children() == null);
            buffers.cutAll();
            buffers.awaitDelivered();
            flights.await();
            throwFailure();
            end(batch);
        } catch (InterruptedException e) {
            throwFailure();
            throw e;
        }
    }

    /**
     * Reads as much as is processed together.
     *
     * @return the last batch; null where nothing came in a while
     */
    private @Nullable SourceBatch gather(List<SourceRecord> gathered) throws InterruptedException {
        BufferHints hints = setup.processing().gathering();
        SourceBatch batch = read(READ_PATIENCE, gathered);
        if (hints == null || batch == null || gathered.isEmpty()) {
            return batch;
        }
        long until = System.nanoTime() + hints.interval().toNanos();
        long bytes = batch.bytes();
        while (bytes < hints.bytes() && batch.children() == null) {
            long left = until - System.nanoTime();
            if (left <= 0) {
                break;
            }
            SourceBatch next = read(Duration.ofNanos(left), gathered);
            if (next != null) {
                bytes += next.bytes();
                batch = behind(batch, next);
            }
        }
        return batch;
    }

    private static SourceBatch behind(SourceBatch batch, SourceBatch next) {
        BigInteger position = next.position() == null ? batch.position() : next.position();
        return new SourceBatch(next.records(), position, next.millisBehind(), next.children());
    }

    private @Nullable SourceBatch read(Duration patience, List<SourceRecord> gathered) throws InterruptedException {
        SourceBatch batch = reading.read(patience);
        if (batch != null) {
            gathered.addAll(batch.records());
            flights.taken().add(batch.records());
            readSinceCheckpoint |= !batch.records().isEmpty();
            stream.activity().read(batch.records().size(), batch.bytes());
            if (batch.millisBehind() != null) {
                flights.behind(batch.millisBehind());
                stream.activity().behind(Duration.ofMillis(batch.millisBehind()));
            }
        }
        return batch;
    }

    private void process(List<SourceRecord> gathered, @Nullable SourceBatch last) throws InterruptedException {
        int together = setup.processing().gathering() == null ? setup.recordsTogether() : Integer.MAX_VALUE;
        for (List<SourceRecord> records : Portions.of(gathered, together)) {
            process(records);
            buffers.awaitRoom();
        }
        if (last != null && last.position() != null) {
            buffers.add(List.of(), List.of(), last.position());
            flights.leaveMemoryToOthers();
        }
        scheduleTick();
    }

    private void process(List<SourceRecord> records) throws InterruptedException {
        long began = System.nanoTime();
        List<ProcessedRecord> processed;
        try (OpenSpan _ = processSpan(records)) {
            processed = setup.processing().process(records);
        }
        report(processed, Duration.ofNanos(System.nanoTime() - began));
        flights.acquire(ShardMemory.of(records, processed, setup.backup() != null));
        buffers.add(records, processed, records.getLast().position());
        flights.leaveMemoryToOthers();
    }

    /** Without a function there is nothing that could take long. */
    private OpenSpan processSpan(List<SourceRecord> records) {
        return setup.processing().gathering() == null
                ? OpenSpan.NONE
                : stream.spans().process(setup, records);
    }

    private void report(List<ProcessedRecord> processed, Duration took) {
        int kept = 0;
        int dropped = 0;
        for (ProcessedRecord record : processed) {
            switch (record) {
                case ProcessedRecord.Kept _ -> kept++;
                case ProcessedRecord.Dropped _ -> dropped++;
                case ProcessedRecord.Failed _ -> {}
            }
        }
        stream.activity().processed(kept, dropped, processed.size() - kept - dropped, took);
    }

    private void scheduleTick() {
        long left = buffers.nanosLeft();
        if (left == Long.MAX_VALUE || closed) {
            return;
        }
        long at = System.nanoTime() + left;
        synchronized (ticking) {
            if (tickAt != null && tickAt - at <= 0) {
                return;
            }
            tickAt = at;
        }
        stream.schedule(this::tick, left);
    }

    private void tick() {
        synchronized (ticking) {
            tickAt = null;
        }
        if (!closed) {
            buffers.tick();
            scheduleTick();
        }
    }

    private void checkpointWhereIdle() {
        Duration interval = readSinceCheckpoint ? CHECKPOINT : IDLE_CHECKPOINT;
        if (flights.sinceCheckpoint().compareTo(interval) >= 0 && flights.checkpointIdle()) {
            readSinceCheckpoint = false;
        }
    }

    private void end(SourceBatch batch) {
        BigInteger position = batch.position();
        String last = position == null ? held.shard() : position.toString();
        Amounts used = new Amounts();
        flights.taken().countAll(used);
        stream.intents()
                .finish(
                        stream.leases(),
                        held,
                        setup.id(),
                        last,
                        batch.children() == null ? List.of() : batch.children(),
                        used);
        stream.wake();
    }

    private void fail(Exception e) {
        if (failure == null && !closed) {
            failure = e;
            buffers.close();
            readingThread.interrupt();
        }
    }

    private void throwFailure() throws StalledException, InterruptedException {
        switch (failure) {
            case null -> {}
            case StalledException e -> throw e;
            case InterruptedException e -> throw e;
            case RuntimeException e -> throw e;
            case Exception e -> throw new IllegalStateException(e);
        }
    }

    /** Ends what is under way, waits for it, and gives the memory back. Called by the reading thread at the end, by others to end it. */
    @Override
    public void close() {
        closed = true;
        reading.close();
        flights.close();
        if (Thread.currentThread() == readingThread) {
            boolean interrupted = Thread.interrupted() | flights.release();
            if (interrupted && failure == null) {
                readingThread.interrupt();
            }
        }
    }

    /** Delivers what is being delivered, and nothing behind it; gives up after that time. */
    void finish(Duration patience) {
        flights.finish(patience);
    }

    private static @Nullable BigInteger position(String checkpoint) {
        return checkpoint.chars().allMatch(Character::isDigit) ? new BigInteger(checkpoint) : null;
    }
}
