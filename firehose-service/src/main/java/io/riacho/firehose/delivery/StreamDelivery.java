package io.riacho.firehose.delivery;

import io.riacho.firehose.activity.StreamActivity;
import io.riacho.firehose.intent.IntentStore;
import io.riacho.firehose.source.SourceException;
import io.riacho.leases.ApplicationLeases;
import io.riacho.leases.HeldLease;
import io.riacho.leases.ShardWork;
import io.riacho.leases.Worker;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One version of a delivery stream as it runs in this process: a worker for its leases, and a delivery for each shard held. */
final class StreamDelivery implements ShardWork, AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(StreamDelivery.class);

    /** How often a source is asked for shards that nobody told of, such as a topic's new partitions. */
    private static final Duration LOOK_AGAIN = Duration.ofMinutes(1);

    private final StreamSetup setup;
    private final ApplicationLeases leases;
    private final IntentStore intents;
    private final EngineResources resources;
    private final StreamActivity activity;
    private final InstantSource clock;
    private final Set<ShardDelivery> running = ConcurrentHashMap.newKeySet();
    private final Thread discovery;
    /** What was said before this began still holds. */
    private final AtomicBoolean stalled = new AtomicBoolean(true);

    private volatile @Nullable Worker worker;
    /** Of the thread that discovers: whether it said that it could not. */
    private boolean lookedInVain;
    /** An interrupt alone could be swallowed by what the thread waits for. */
    private volatile boolean closed;

    private StreamDelivery(
            StreamSetup setup,
            ApplicationLeases leases,
            IntentStore intents,
            EngineResources resources,
            StreamActivity activity,
            InstantSource clock) {
        this.setup = setup;
        this.leases = leases;
        this.intents = intents;
        this.resources = resources;
        this.activity = activity;
        this.clock = clock;
        this.discovery = Thread.ofVirtual()
                .name("firehose-shards-" + setup.name().name())
                .unstarted(this::discover);
    }

    /** @param workerName unique among all workers that the delivery stream ever had */
    static StreamDelivery start(
            StreamSetup setup,
            ApplicationLeases leases,
            IntentStore intents,
            EngineResources resources,
            StreamActivity activity,
            InstantSource clock,
            String workerName) {
        StreamDelivery delivery = new StreamDelivery(setup, leases, intents, resources, activity, clock);
        delivery.worker = Worker.start(workerName, leases, delivery);
        delivery.discovery.start();
        return delivery;
    }

    @Override
    public Running begin(HeldLease held, String checkpoint) {
        ShardDelivery delivery = new ShardDelivery(this, held, checkpoint, running::remove);
        running.add(delivery);
        delivery.start();
        return delivery;
    }

    /** Stops, and gives the leases back. What is buffered is read again by whoever comes next. */
    @Override
    public void close() {
        closed = true;
        discovery.interrupt();
        Worker current = worker;
        if (current != null) {
            current.close();
        }
        running.forEach(ShardDelivery::abandon);
        setup.close();
    }

    StreamSetup setup() {
        return setup;
    }

    ApplicationLeases leases() {
        return leases;
    }

    IntentStore intents() {
        return intents;
    }

    StreamActivity activity() {
        return activity;
    }

    MemoryBudget budget() {
        return resources.budget();
    }

    Semaphore attemptsAtATime() {
        return resources.attemptsAtATime();
    }

    Semaphore changesAtATime() {
        return resources.changesAtATime();
    }

    InstantSource clock() {
        return clock;
    }

    Instant now() {
        return clock.instant();
    }

    String title() {
        return setup.name().name();
    }

    /** Says why nothing of a shard can be delivered now. */
    void stalled(String reason) {
        stalled.set(true);
        resources.listener().stalled(setup.id(), reason);
    }

    /** Says that something was delivered. */
    void delivered() {
        if (stalled.compareAndSet(true, false)) {
            resources.listener().stalled(setup.id(), null);
        }
    }

    /** Has the leases looked after at once. */
    void wake() {
        Worker current = worker;
        if (current != null) {
            current.wake();
        }
    }

    /** Runs something that comes back at once, on a thread of its own. */
    void schedule(Runnable work, long nanos) {
        resources.schedule(work, nanos);
    }

    Set<ShardDelivery> running() {
        return running;
    }

    private void discover() {
        Backoff backoff = new Backoff();
        try {
            while (!closed) {
                try {
                    look(backoff);
                } catch (RuntimeException e) {
                    if (closed) {
                        return;
                    }
                    log.warn("{} cannot look for shards; it tries again", title(), e);
                    Thread.sleep(backoff.next());
                }
            }
        } catch (InterruptedException e) {
            log.debug("{} stops", discovery.getName());
        }
    }

    private void look(Backoff backoff) throws InterruptedException {
        try {
            leases.add(setup.source().shards());
            wake();
            backoff.reset();
            if (lookedInVain) {
                lookedInVain = false;
                delivered();
            }
            Thread.sleep(LOOK_AGAIN);
        } catch (SourceException e) {
            lookedInVain = true;
            activity.failed("", now(), e.code(), e.getMessage());
            log.warn("{} cannot ask its source for shards: {}", title(), e.getMessage());
            stalled(e.getMessage());
            Thread.sleep(backoff.next());
        }
    }
}
