package io.riacho.leases;

import io.riacho.leases.SharedLeases.Key;
import io.riacho.leases.SharedLeases.Member;
import io.riacho.leases.SharedLeases.Renewal;
import io.riacho.leases.SharedLeases.View;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One of the workers that share an application's shards. It renews what it holds, takes what nobody has up to its share,
 * asks a worker that has too much for some, and hands over what others ask it for: in its turn of each round of
 * {@link Workers}, of which it has one at a time.
 *
 * <p>A worker that cannot renew in time, because the database or the process itself stood still, lets go on its own when
 * its time is over. Its clock and the database's may disagree on when that is; what keeps a late worker from writing is
 * the epoch.
 */
public final class Worker implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(Worker.class);

    private final String name;
    private final ApplicationLeases leases;
    private final ShardWork work;
    private final Workers workers;
    private final long duration;
    /** Of whoever has the turn. */
    private final Map<HeldLease, Holding> holdings = new HashMap<>();

    private final Semaphore turn = new Semaphore(1);
    /** Whether a round came while the turn was taken. */
    private final AtomicBoolean missed = new AtomicBoolean();

    private final Thread stopping;
    private final AtomicBoolean closing = new AtomicBoolean();

    Worker(String name, ApplicationLeases leases, ShardWork work, Workers workers) {
        this.name = name;
        this.leases = leases;
        this.work = work;
        this.workers = workers;
        this.duration = leases.duration().toNanos();
        this.stopping = Thread.ofVirtual().name("leases-" + name + "-stop").unstarted(this::stopAll);
    }

    public String name() {
        return name;
    }

    /** Makes a round begin at once, for one who has added or ended leases. */
    public void wake() {
        workers.wake(this);
    }

    /** Stops the work, in at most a lease's duration, and gives the leases back. */
    @Override
    public void close() {
        beginToStop();
        boolean interrupted = false;
        while (stopping.isAlive()) {
            try {
                stopping.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    void beginToStop() {
        workers.remove(this);
        if (closing.compareAndSet(false, true)) {
            stopping.start();
        }
    }

    long application() {
        return leases.id();
    }

    /** Whether the worker is ready for a round; {@link #turn} has to follow. */
    boolean takeTurn() {
        if (!turn.tryAcquire()) {
            missed.set(true);
            // The turn may have ended before it could be seen there.
            if (!turn.tryAcquire()) {
                return false;
            }
        }
        if (closing.get()) {
            turn.release();
            return false;
        }
        return true;
    }

    /** As it goes into a round; of whoever has the turn. */
    Member member() {
        return new Member(leases.id(), name, List.copyOf(holdings.keySet()));
    }

    /**
     * Does what follows from a round, and gives the turn back.
     *
     * @param asked when it was renewed, {@link System#nanoTime()}
     * @param renewal null where that failed
     * @param view null where it could not be looked
     */
    void turn(long asked, @Nullable Renewal renewal, @Nullable View view) {
        try {
            if (renewal != null) {
                renewed(asked, renewal);
            }
            Set<HeldLease> given = giveStopped();
            if (view != null) {
                divide(view.leases(leases.id()), view.workers(leases.id()), given);
            }
        } catch (RuntimeException e) {
            log.warn("Worker {} of {} could not look after its leases; it tries again", name, title(), e);
        } finally {
            abandonOverdue();
            turn.release();
            if (missed.getAndSet(false)) {
                wake();
            }
        }
    }

    private void renewed(long asked, Renewal renewal) {
        for (Map.Entry<HeldLease, Holding> entry : List.copyOf(holdings.entrySet())) {
            Key key = new Key(leases.id(), entry.getKey());
            if (renewal.kept().contains(key)) {
                entry.getValue().renewed(asked);
            } else if (!renewal.unknown().contains(key)) {
                abandon(entry.getKey(), entry.getValue(), "lost or ended");
            }
        }
    }

    private void divide(List<Lease> all, List<String> alive, Set<HeldLease> given) {
        stopWanted(all);
        Share share = new Share(name, all, alive);
        takeHanded(all, given);
        takeFree(share);
        share.surplus().forEach(lease -> leases.want(lease, name));
    }

    /** Those that were given, which the view still shows as this worker's. */
    private Set<HeldLease> giveStopped() {
        Set<HeldLease> given = new HashSet<>();
        for (Map.Entry<HeldLease, Holding> entry : List.copyOf(holdings.entrySet())) {
            Holding holding = entry.getValue();
            if (holding.refusesToStop(duration)) {
                abandon(entry.getKey(), holding, "did not stop in time");
                given.add(entry.getKey());
                leases.handOver(entry.getKey());
            } else if (holding.hasStopped()) {
                leases.handOver(entry.getKey());
                given.add(entry.getKey());
                holdings.remove(entry.getKey());
            }
        }
        return given;
    }

    private void stopWanted(List<Lease> all) {
        for (Lease lease : all) {
            if (lease.wantedBy() != null && lease.isOwnedBy(name)) {
                Holding holding = holdings.get(lease.held());
                if (holding != null && !holding.isStopping()) {
                    log.info("Worker {} of {} hands {} over", name, title(), lease.shard());
                    stop(lease.held(), holding);
                }
            }
        }
    }

    private void stop(HeldLease held, Holding holding) {
        holding.stop(failure -> {
            if (failure != null) {
                log.warn("Work on {} of {} ended with a failure", held.shard(), title(), failure);
            }
            wake();
        });
    }

    /** Another worker gave them to this one, or this one let go of them when it could not renew them. */
    private void takeHanded(List<Lease> all, Set<HeldLease> given) {
        for (Lease lease : all) {
            if (lease.isOwnedBy(name) && !holdings.containsKey(lease.held()) && !given.contains(lease.held())) {
                take(lease);
            }
        }
    }

    private void takeFree(Share share) {
        List<Lease> free = new ArrayList<>(share.free());
        // Workers that try in different orders seldom try the same.
        Collections.shuffle(free);
        for (Lease lease : free) {
            if (holdings.size() >= share.ceiling()) {
                return;
            }
            take(lease);
        }
    }

    private void take(Lease lease) {
        long asked = System.nanoTime();
        Optional<Taken> taken = leases.take(lease.shard(), name);
        if (taken.isEmpty()) {
            return;
        }
        HeldLease held = taken.get().held();
        try {
            ShardWork.Running running = work.begin(held, taken.get().checkpoint());
            holdings.put(held, new Holding(running, asked));
            log.info("Worker {} of {} works on {}", name, title(), held.shard());
        } catch (RuntimeException e) {
            log.warn("Worker {} of {} could not begin {}", name, title(), held.shard(), e);
            leases.handOver(held);
        }
    }

    private void abandonOverdue() {
        for (Map.Entry<HeldLease, Holding> entry : List.copyOf(holdings.entrySet())) {
            if (entry.getValue().remaining(duration) < 0) {
                abandon(entry.getKey(), entry.getValue(), "not renewed in time");
            }
        }
    }

    private void abandon(HeldLease held, Holding holding, String why) {
        holdings.remove(held);
        log.info("Worker {} of {} lets go of {}: {}", name, title(), held.shard(), why);
        try {
            holding.abandon();
        } catch (RuntimeException e) {
            log.warn("Work on {} of {} could not be abandoned", held.shard(), title(), e);
        }
    }

    private void stopAll() {
        turn.acquireUninterruptibly();
        holdings.forEach((held, holding) -> {
            if (!holding.isStopping()) {
                stop(held, holding);
            }
        });
        for (Map.Entry<HeldLease, Holding> entry : List.copyOf(holdings.entrySet())) {
            giveBack(entry.getKey(), entry.getValue());
        }
        try {
            leases.leave(name);
        } catch (RuntimeException e) {
            log.warn("Worker {} of {} could not sign off; its time runs out", name, title(), e);
        }
    }

    private void giveBack(HeldLease held, Holding holding) {
        if (!holding.awaitStopped(holding.remaining(duration))) {
            abandon(held, holding, "did not stop in time");
        }
        try {
            leases.handOver(held);
        } catch (RuntimeException e) {
            log.warn("Worker {} of {} could not give {} back; its time runs out", name, title(), held.shard(), e);
        }
    }

    private String title() {
        return leases.application().kind() + " " + leases.application().name();
    }
}
