package io.riacho.firehose.delivery;

import io.riacho.firehose.destination.BufferHints;
import io.riacho.firehose.intent.Intent;
import io.riacho.firehose.intent.ShardIntents;
import io.riacho.firehose.processing.ProcessedRecord;
import io.riacho.firehose.record.SourceRecord;
import io.riacho.firehose.source.ShardReader;
import io.riacho.firehose.source.SourceBatch;
import io.riacho.firehose.source.SourceException;
import io.riacho.leases.HeldLease;
import io.riacho.leases.LeaseLostException;
import java.math.BigInteger;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.TransactionException;

/**
 * Reads a shard from a checkpoint on and delivers it. One thread reads, processes and buffers; each lane that has something
 * to deliver has a thread of its own for that time. The first failure that cannot be waited out ends the life.
 */
final class ShardLife implements AutoCloseable, ShardBuffers.LaneListener {

    /** Where records were read and nothing of them is left to deliver, because all were dropped. */
    private static final Duration CHECKPOINT = Duration.ofSeconds(30);
    /** Where nothing was read: so that many shards that are idle seldom ask the database. */
    private static final Duration IDLE_CHECKPOINT = Duration.ofHours(1);

    private static final Duration READ_PATIENCE = Duration.ofSeconds(5);

    private final StreamDelivery stream;
    private final StreamSetup setup;
    private final HeldLease held;
    private final ShardReader reader;
    private final ShardBuffers buffers;
    private final CutDelivery delivery;
    private final Set<Thread> flights = ConcurrentHashMap.newKeySet();
    private final ReentrantLock ending = new ReentrantLock();
    private final AtomicLong memory = new AtomicLong();
    private final Thread readingThread = Thread.currentThread();
    private final Object ticking = new Object();
    private @Nullable Long tickAt;
    private volatile @Nullable String checkpoint;
    private volatile @Nullable Exception failure;
    private volatile @Nullable Long millisBehind;
    private volatile boolean closed;
    private long checkpointedAt = System.nanoTime();
    /** Of the thread that reads. */
    private boolean readSinceCheckpoint;

    private ShardLife(
            StreamDelivery stream, HeldLease held, ShardReader reader, ShardIntents former, @Nullable BigInteger from) {
        this.stream = stream;
        this.setup = stream.setup();
        this.held = held;
        this.reader = reader;
        this.buffers = new ShardBuffers(setup.lanes(), former, from, this);
        this.delivery = new CutDelivery(
                setup, held.shard(), stream.attemptsAtATime(), stream.budget(), stream.activity(), stream.clock());
    }

    /** @param checkpoint a position, or where a source begins */
    static ShardLife begin(StreamDelivery stream, HeldLease held, String checkpoint) {
        ShardIntents former = stream.intents().load(stream.setup().id(), held.shard());
        ShardReader reader = stream.setup().source().open(held.shard(), checkpoint);
        return new ShardLife(stream, held, reader, former, position(checkpoint));
    }

    ShardBuffers buffers() {
        return buffers;
    }

    /** The last one that was written down in this life; null where none was. */
    @Nullable
    String checkpoint() {
        return checkpoint;
    }

    /**
     * Runs until the shard is at its end and delivered.
     *
     * @param failures forgotten once something was delivered
     */
    void run(Backoff failures) throws StalledException, SourceException, InterruptedException {
        try {
            List<SourceRecord> gathered = new ArrayList<>();
            SourceBatch batch;
            do {
                batch = gather(gathered);
                process(gathered, batch);
                gathered.clear();
                checkpointWhereIdle();
                if (checkpoint != null) {
                    failures.reset();
                }
            } while (batch == null || batch.children() == null);
            buffers.cutAll();
            buffers.awaitDelivered();
            awaitFlights();
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
    private @Nullable SourceBatch gather(List<SourceRecord> gathered) throws SourceException, InterruptedException {
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

    private @Nullable SourceBatch read(Duration patience, List<SourceRecord> gathered)
            throws SourceException, InterruptedException {
        SourceBatch batch = reader.read(patience);
        if (batch != null) {
            gathered.addAll(batch.records());
            readSinceCheckpoint |= !batch.records().isEmpty();
            stream.activity().read(batch.records().size(), batch.bytes());
            if (batch.millisBehind() != null) {
                millisBehind = batch.millisBehind();
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
        }
        scheduleTick();
    }

    private void process(List<SourceRecord> records) throws InterruptedException {
        long began = System.nanoTime();
        List<ProcessedRecord> processed = setup.processing().process(records);
        report(processed, Duration.ofNanos(System.nanoTime() - began));
        long bytes = ShardMemory.of(records, processed, setup.backup() != null);
        if (bytes > 0) {
            stream.budget().acquire(bytes);
            memory.addAndGet(bytes);
        }
        buffers.add(records, processed, records.getLast().position());
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
        if (System.nanoTime() - checkpointedAt < interval.toNanos()) {
            return;
        }
        ending.lock();
        try {
            BigInteger done = buffers.advanceIdle();
            if (done != null) {
                stream.leases().checkpoint(held, done.toString(), millisBehind);
                checkpointed(done);
                readSinceCheckpoint = false;
            }
        } finally {
            ending.unlock();
        }
    }

    /** What is delivered may not be written down yet. */
    private void awaitFlights() throws StalledException, InterruptedException {
        for (Thread flight : List.copyOf(flights)) {
            flight.join();
        }
        throwFailure();
    }

    private void end(SourceBatch batch) {
        BigInteger position = batch.position();
        String last = position == null ? held.shard() : position.toString();
        // First, because this is called off as soon as the lease has ended.
        stream.intents().forget(setup.id(), held.shard());
        stream.leases().end(held, last, batch.children() == null ? List.of() : batch.children());
        stream.wake();
    }

    @Override
    public void due(Lane lane) {
        Thread flight = Thread.ofVirtual()
                .name(readingThread.getName() + "-" + lane.key())
                .unstarted(() -> fly(lane));
        flights.add(flight);
        flight.start();
    }

    @Override
    public void skipped(long bytes) {
        release(bytes);
    }

    @Override
    public void emptied(Intent intent) {
        Thread.ofVirtual().start(() -> {
            try {
                endIntent(intent, null);
            } catch (LeaseLostException | InterruptedException e) {
                fail(e);
            }
        });
    }

    private void fly(Lane lane) {
        try {
            for (Cut cut = buffers.next(lane); cut != null; cut = buffers.next(lane)) {
                Intent intent = begin(cut);
                delivery.deliver(cut, intent);
                endIntent(intent, cut);
                stream.delivered();
                release(cut.bytes());
                scheduleTick();
            }
        } catch (StalledException | InterruptedException | RuntimeException e) {
            fail(e);
        } finally {
            flights.remove(Thread.currentThread());
        }
    }

    private Intent begin(Cut cut) throws InterruptedException {
        Intent known = cut.intent();
        if (known != null) {
            return known;
        }
        Intent intent =
                new Intent(UUID.randomUUID(), cut.lane().key(), cut.after(), cut.last(), setup.version(), stream.now());
        insist(() -> stream.intents().begin(stream.leases(), held, setup.id(), intent));
        return intent;
    }

    /** @param cut what was delivered; null where the intent turned out to have no records */
    private void endIntent(Intent intent, @Nullable Cut cut) throws InterruptedException {
        // One after the other, so that checkpoints are written in their order.
        ending.lockInterruptibly();
        try {
            BigInteger done = cut == null ? null : buffers.done(cut);
            insist(() -> stream.intents().end(stream.leases(), held, setup.id(), intent, done, millisBehind));
            if (done != null) {
                checkpointed(done);
            }
        } finally {
            ending.unlock();
        }
    }

    /** A database that is away is waited for: until it is back, or the lease is lost. */
    private void insist(Runnable change) throws InterruptedException {
        Backoff backoff = new Backoff();
        while (true) {
            stream.changesAtATime().acquire();
            try {
                change.run();
                return;
            } catch (DataAccessException | TransactionException e) {
                if (closed) {
                    // Who is interrupted loses the connection that it waits for.
                    throw new InterruptedException("closed");
                }
                stream.activity().failed(held.shard(), stream.now(), "Database", "The database does not answer");
            } finally {
                stream.changesAtATime().release();
            }
            Thread.sleep(backoff.next());
        }
    }

    private void checkpointed(BigInteger done) {
        checkpoint = done.toString();
        checkpointedAt = System.nanoTime();
    }

    private void release(long bytes) {
        memory.addAndGet(-bytes);
        stream.budget().release(bytes);
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
        buffers.close();
        reader.close();
        flights.forEach(Thread::interrupt);
        if (Thread.currentThread() == readingThread) {
            boolean interrupted = Thread.interrupted();
            for (Thread flight : List.copyOf(flights)) {
                interrupted |= joined(flight);
            }
            stream.budget().release(memory.getAndSet(0));
            if (interrupted && failure == null) {
                readingThread.interrupt();
            }
        }
    }

    /** Delivers what is being delivered, and nothing behind it; gives up after that time. */
    void finish(Duration patience) {
        buffers.close();
        long until = System.nanoTime() + patience.toNanos();
        try {
            for (Thread flight : List.copyOf(flights)) {
                boolean _ = flight.join(Duration.ofNanos(Math.max(0, until - System.nanoTime())));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static boolean joined(Thread flight) {
        boolean interrupted = false;
        while (true) {
            try {
                flight.join();
                return interrupted;
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
    }

    private static @Nullable BigInteger position(String checkpoint) {
        return checkpoint.chars().allMatch(Character::isDigit) ? new BigInteger(checkpoint) : null;
    }
}
