package io.riacho.firehose.delivery;

import io.riacho.firehose.activity.StreamActivity;
import io.riacho.firehose.intent.IntentStore;
import io.riacho.firehose.source.SourceException;
import io.riacho.leases.ApplicationLeases;
import io.riacho.leases.HeldLease;
import io.riacho.leases.ShardWork;
import io.riacho.leases.Worker;
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

    private final StreamSetup setup;
    private final ApplicationLeases leases;
    private final IntentStore intents;
    private final EngineResources resources;
    private final StreamActivity activity;
    private final InstantSource clock;
    private final Set<ShardDelivery> running = ConcurrentHashMap.newKeySet();
    private final SourceGuard guard;
    private final ShardDiscovery discovery;
    private final AtomicBoolean stalled = new AtomicBoolean();

    private volatile @Nullable Worker worker;

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
        this.guard = new SourceGuard(setup.id(), setup.source(), resources.identities());
        this.discovery = new ShardDiscovery(title(), setup.source(), guard, leases, resources, new Discovered());
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
        delivery.forgetFormerFailure();
        delivery.worker = resources.workers().start(workerName, leases, delivery);
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
        discovery.close();
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

    SourceGuard guard() {
        return guard;
    }

    IntentStore intents() {
        return intents;
    }

    StreamActivity activity() {
        return activity;
    }

    DeliverySpans spans() {
        return resources.spans();
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

    /** Says that what stood still goes on: something was delivered, or the source answers. */
    void recovered() {
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

    /** What stood still before this began is seen anew. */
    private void forgetFormerFailure() {
        try {
            resources.listener().stalled(setup.id(), null);
        } catch (RuntimeException e) {
            log.warn("It cannot be told that {} begins anew", title(), e);
        }
    }

    /** Runs something that comes back at once, on a thread of its own. */
    void schedule(Runnable work, long nanos) {
        resources.schedule(work, nanos);
    }

    Set<ShardDelivery> running() {
        return running;
    }

    /** What the source says of its shards. */
    private final class Discovered implements ShardDiscovery.Listener {

        @Override
        public void added() {
            wake();
        }

        @Override
        public void failed(SourceException failure) {
            activity.failed("", now(), failure.code(), failure.getMessage());
            stalled(failure.getMessage());
        }

        @Override
        public void recovered() {
            StreamDelivery.this.recovered();
        }
    }
}
