package io.riacho.firehose.delivery;

import io.riacho.firehose.intent.Intent;
import io.riacho.firehose.intent.ShardIntents;
import io.riacho.firehose.usage.TakenRecords;
import io.riacho.leases.HeldLease;
import io.riacho.leases.LeaseLostException;
import io.riacho.usage.hours.Amounts;
import java.math.BigInteger;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.TransactionException;

/**
 * Delivers a shard's lanes: each that has something to deliver has a thread of its own for that time. Intents are written
 * before, checkpoints behind. Safe for use by many threads.
 */
final class ShardFlights implements ShardBuffers.LaneListener, AutoCloseable {

    private final StreamDelivery stream;
    private final HeldLease held;
    private final ShardBuffers buffers;
    private final CutDelivery delivery;
    private final TakenRecords taken;
    private final String threadName = Thread.currentThread().getName();
    private final Runnable onDelivered;
    private final Consumer<Exception> onFailure;
    private final Set<Thread> flights = ConcurrentHashMap.newKeySet();
    private final ReentrantLock ending = new ReentrantLock();
    private final AtomicLong memory = new AtomicLong();
    private volatile @Nullable String checkpoint;
    private volatile @Nullable Long millisBehind;
    private volatile long checkpointedAt = System.nanoTime();
    private volatile boolean closed;

    /**
     * @param from up to which position the shard is done with; null where nothing of it is
     * @param onDelivered called when something is done with: other lanes may be due sooner
     * @param onFailure told of what ends all of it; has to come back at once
     */
    ShardFlights(
            StreamDelivery stream,
            HeldLease held,
            ShardIntents former,
            @Nullable BigInteger from,
            Runnable onDelivered,
            Consumer<Exception> onFailure) {
        this.stream = stream;
        this.held = held;
        this.onDelivered = onDelivered;
        this.onFailure = onFailure;
        this.buffers = new ShardBuffers(stream.setup().lanes(), former, from, this);
        this.taken = new TakenRecords(stream.setup().metered());
        this.delivery = new CutDelivery(
                stream.setup(),
                held.shard(),
                stream.attemptsAtATime(),
                stream.budget(),
                stream.activity(),
                stream.spans(),
                stream.clock());
    }

    ShardBuffers buffers() {
        return buffers;
    }

    /** What was read and is behind no checkpoint yet. */
    TakenRecords taken() {
        return taken;
    }

    /** The last one that was written down; null where none was. */
    @Nullable
    String checkpoint() {
        return checkpoint;
    }

    /** How long ago that was, or this began. */
    Duration sinceCheckpoint() {
        return Duration.ofNanos(System.nanoTime() - checkpointedAt);
    }

    /** How far reading is behind the shard's end, for checkpoints to tell. */
    void behind(long millis) {
        millisBehind = millis;
    }

    /** Waits until there is memory for records that are about to be buffered. */
    void acquire(long bytes) throws InterruptedException {
        if (bytes > 0) {
            stream.budget().acquire(bytes, this, buffers.isIncomplete());
            memory.addAndGet(bytes);
        }
    }

    /** Nobody else may take more memory than there is until this has all that it needs. */
    void leaveMemoryToOthers() {
        if (!buffers.isIncomplete()) {
            stream.budget().complete(this);
        }
    }

    /** Writes down how far the shard is done with, where nothing is to be delivered; whether it did. */
    boolean checkpointIdle() {
        ending.lock();
        try {
            BigInteger done = buffers.advanceIdle();
            if (done == null) {
                return false;
            }
            Amounts used = new Amounts();
            taken.count(done, used);
            stream.intents().checkpoint(stream.leases(), held, done, millisBehind, used);
            checkpointed(done);
            return true;
        } finally {
            ending.unlock();
        }
    }

    /** What is delivered may not be written down yet. */
    void await() throws InterruptedException {
        for (Thread flight : List.copyOf(flights)) {
            flight.join();
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

    /** Calls off what is under way. */
    @Override
    public void close() {
        closed = true;
        buffers.close();
        flights.forEach(Thread::interrupt);
    }

    /** Waits for the end of what was called off, and gives the memory back; whether the thread was interrupted meanwhile. */
    boolean release() {
        boolean interrupted = false;
        for (Thread flight : List.copyOf(flights)) {
            interrupted |= joined(flight);
        }
        stream.budget().complete(this);
        stream.budget().release(memory.getAndSet(0));
        return interrupted;
    }

    @Override
    public void due(Lane lane) {
        Thread flight = Thread.ofVirtual().name(threadName + "-" + lane.key()).unstarted(() -> fly(lane));
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
                end(intent, null);
            } catch (LeaseLostException | InterruptedException e) {
                onFailure.accept(e);
            }
        });
    }

    private void fly(Lane lane) {
        try {
            for (Cut cut = buffers.next(lane); cut != null; cut = buffers.next(lane)) {
                Intent intent = begin(cut);
                delivery.deliver(cut, intent);
                end(intent, cut);
                stream.recovered();
                release(cut.bytes());
                onDelivered.run();
            }
        } catch (StalledException | InterruptedException | RuntimeException e) {
            onFailure.accept(e);
        } finally {
            flights.remove(Thread.currentThread());
        }
    }

    private Intent begin(Cut cut) throws InterruptedException {
        Intent known = cut.intent();
        if (known != null) {
            return known;
        }
        Intent intent = new Intent(
                UUID.randomUUID(),
                cut.lane().key(),
                cut.after(),
                cut.last(),
                stream.setup().version(),
                stream.now());
        insist(() ->
                stream.intents().begin(stream.leases(), held, stream.setup().id(), intent));
        return intent;
    }

    /** @param cut what was delivered; null where the intent turned out to have no records */
    private void end(Intent intent, @Nullable Cut cut) throws InterruptedException {
        // One after the other, so that checkpoints are written in their order.
        ending.lockInterruptibly();
        try {
            BigInteger done = cut == null ? null : buffers.done(cut);
            Amounts used = used(cut, done);
            insist(() ->
                    stream.intents().end(stream.leases(), held, stream.setup().id(), intent, done, millisBehind, used));
            if (done != null) {
                checkpointed(done);
            }
        } finally {
            ending.unlock();
        }
    }

    private Amounts used(@Nullable Cut cut, @Nullable BigInteger done) {
        Amounts used = new Amounts();
        taken.count(done, used);
        if (cut != null && cut.lane().kind() == LaneKind.DELIVERY) {
            stream.setup()
                    .metered()
                    .delivered(
                            stream.now().toEpochMilli(),
                            cut.records().stream().map(LaneRecord::record).toList(),
                            used);
        }
        return used;
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
        taken.forget(done);
        checkpoint = done.toString();
        checkpointedAt = System.nanoTime();
    }

    private void release(long bytes) {
        memory.addAndGet(-bytes);
        stream.budget().release(bytes);
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
}
