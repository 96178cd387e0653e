package io.riacho.firehose.delivery;

import io.riacho.firehose.activity.Activities;
import io.riacho.firehose.deliverystream.DeliveryStream;
import io.riacho.firehose.deliverystream.DeliveryStreamListener;
import io.riacho.firehose.deliverystream.Source;
import io.riacho.firehose.directput.InternalStreams;
import io.riacho.firehose.intent.IntentStore;
import io.riacho.firehose.source.SourceIdentities;
import io.riacho.leases.Application;
import io.riacho.leases.LeaseTable;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs the delivery streams that are ACTIVE in this process, together with the other processes that do: by leases. Each
 * delivery stream has a thread of its own for as long as it changes, so that none waits for another.
 */
public final class DeliveryEngine implements DeliveryStreamListener, AutoCloseable {

    /** The kind of application by which leases are remembered. */
    public static final String KIND = "FIREHOSE";

    private static final Logger log = LoggerFactory.getLogger(DeliveryEngine.class);

    private final StreamSetups setups;
    private final InternalStreams internalStreams;
    private final LeaseTable leases;
    private final Duration leaseDuration;
    private final IntentStore intents;
    private final EngineResources resources;
    private final Activities activities;
    private final InstantSource clock;
    private final String process;
    private final AtomicLong workers = new AtomicLong();
    private final Map<UUID, Wanted> wanted = new ConcurrentHashMap<>();
    private volatile boolean started;
    private volatile boolean closed;

    /** @param process unique among all processes that ever delivered */
    public DeliveryEngine(
            StreamSetups setups,
            InternalStreams internalStreams,
            LeaseTable leases,
            Duration leaseDuration,
            IntentStore intents,
            SourceIdentities identities,
            MemoryBudget budget,
            int attemptsAtATime,
            Activities activities,
            EngineListener listener,
            DeliverySpans spans,
            InstantSource clock,
            String process) {
        this.setups = setups;
        this.internalStreams = internalStreams;
        this.leases = leases;
        this.leaseDuration = leaseDuration;
        this.intents = intents;
        this.resources = new EngineResources(
                budget, attemptsAtATime, listener, leases.workers(leaseDuration), identities, spans);
        this.activities = activities;
        this.clock = clock;
        this.process = process;
        budget.onPressure(this::relieve);
    }

    /** Begins to deliver; what was told before is delivered from here on. */
    public void start() {
        started = true;
        wanted.values().forEach(Wanted::wake);
    }

    @Override
    public void creating(DeliveryStream stream) throws InterruptedException {
        if (stream.source() instanceof Source.DirectPut) {
            internalStreams.create(stream);
        }
    }

    @Override
    public void changed(DeliveryStream stream) {
        wanted.computeIfAbsent(stream.id(), _ -> new Wanted()).set(stream);
    }

    @Override
    public void deleting(DeliveryStream stream) throws InterruptedException {
        Wanted known = wanted.get(stream.id());
        if (known != null) {
            known.set(stream);
            known.awaitStopped();
        }
        leases.forget(KIND, applicationOf(stream));
        setups.forget(stream);
        intents.forget(stream.id());
    }

    @Override
    public void gone(DeliveryStream last) {
        Wanted known = wanted.remove(last.id());
        if (known != null) {
            known.set(null);
        }
        activities.forget(last.id());
    }

    @Override
    public void close() {
        closed = true;
        wanted.values().forEach(Wanted::wake);
        for (Wanted each : wanted.values()) {
            try {
                each.awaitStopped();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                break;
            }
        }
        resources.close();
    }

    static String applicationOf(DeliveryStream stream) {
        return stream.name() + "." + stream.id().toString().substring(0, 8);
    }

    private void relieve() {
        Optional<ShardDelivery> largest = wanted.values().stream()
                .map(each -> each.running)
                .filter(running -> running != null)
                .flatMap(running -> running.running().stream())
                .max(Comparator.comparingLong(ShardDelivery::largest));
        largest.ifPresent(ShardDelivery::relieve);
    }

    /** What is to run of one delivery stream, and what does. */
    private final class Wanted {

        private @Nullable DeliveryStream stream;
        private boolean working;
        volatile @Nullable StreamDelivery running;

        synchronized void set(@Nullable DeliveryStream now) {
            stream = now;
            wake();
        }

        synchronized void wake() {
            if (!working && started) {
                working = true;
                Thread.ofVirtual().name("firehose-engine").start(this::work);
            }
        }

        synchronized void awaitStopped() throws InterruptedException {
            while (working || running != null) {
                wait(1_000);
            }
        }

        private void work() {
            Backoff backoff = new Backoff();
            while (true) {
                DeliveryStream now;
                synchronized (this) {
                    now = stream;
                    if (isRight(now)) {
                        working = false;
                        notifyAll();
                        return;
                    }
                }
                try {
                    run(now);
                    backoff.reset();
                } catch (RuntimeException e) {
                    log.warn("Delivery stream {} does not start; it is tried again", now, e);
                    pause(backoff);
                } catch (InterruptedException e) {
                    log.debug("Nobody interrupts this thread", e);
                }
            }
        }

        private void run(@Nullable DeliveryStream now) throws InterruptedException {
            StreamDelivery former = running;
            if (former != null) {
                former.close();
                running = null;
            }
            if (now != null && now.isActive() && !closed) {
                running = begin(now);
            }
        }

        /** Whether what runs is what is wanted: the destination's version tells. */
        private boolean isRight(@Nullable DeliveryStream now) {
            StreamDelivery current = running;
            return now == null || closed || !now.isActive()
                    ? current == null
                    : current != null && current.setup().version().equals(now.versionId());
        }

        private StreamDelivery begin(DeliveryStream now) throws InterruptedException {
            StreamSetup setup = setups.open(now);
            return StreamDelivery.start(
                    setup,
                    leases.open(
                            new Application(
                                    KIND, applicationOf(now), setup.source().name()),
                            leaseDuration),
                    intents,
                    resources,
                    activities.of(now),
                    clock,
                    process + "-" + workers.incrementAndGet());
        }

        private void pause(Backoff backoff) {
            try {
                Thread.sleep(backoff.next());
            } catch (InterruptedException e) {
                log.debug("Nobody interrupts this thread", e);
            }
        }
    }
}
