package io.riacho.leases;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One of the workers that share an application's shards. It renews what it holds, takes what nobody has up to its share,
 * asks a worker that has too much for some, and hands over what others ask it for. One thread does this in rounds, three
 * in a lease's duration.
 *
 * <p>A worker that cannot renew in time, because the database or the process itself stood still, lets go on its own when
 * its time is over. Its clock and the database's may disagree on when that is; what keeps a late worker from writing is
 * the epoch.
 */
public final class Worker implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(Worker.class);
    private static final int ROUNDS_PER_DURATION = 3;

    private final String name;
    private final ApplicationLeases leases;
    private final ShardWork work;
    private final long duration;
    private final Map<HeldLease, Holding> holdings = new HashMap<>();
    private final Semaphore wakes = new Semaphore(0);
    private final Thread thread;
    private volatile boolean closing;

    private Worker(String name, ApplicationLeases leases, ShardWork work) {
        this.name = name;
        this.leases = leases;
        this.work = work;
        this.duration = leases.duration().toNanos();
        this.thread = Thread.ofVirtual().name("leases-" + name).unstarted(this::run);
    }

    /** @param name unique among all workers that the application ever had: a process that starts again is another worker */
    public static Worker start(String name, ApplicationLeases leases, ShardWork work) {
        Worker worker = new Worker(name, leases, work);
        worker.thread.start();
        return worker;
    }

    public String name() {
        return name;
    }

    /** Makes a round begin at once, for one who has added or ended leases. */
    public void wake() {
        wakes.release();
    }

    /** Stops the work, in at most a lease's duration, and gives the leases back. */
    @Override
    public void close() {
        closing = true;
        wake();
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        while (!closing) {
            try {
                round();
            } catch (RuntimeException e) {
                log.warn("Worker {} of {} could not look after its leases; it tries again", name, title(), e);
            }
            abandonOverdue();
            await();
        }
        stopAll();
    }

    private void await() {
        try {
            if (wakes.tryAcquire(duration / ROUNDS_PER_DURATION, TimeUnit.NANOSECONDS)) {
                wakes.drainPermits();
            }
        } catch (InterruptedException e) {
            log.debug("Nobody but close() ends this thread", e);
        }
    }

    private void round() {
        renew();
        giveStopped();
        List<Lease> all = leases.all();
        stopWanted(all);
        Share share = new Share(name, all, leases.workers());
        takeHanded(all);
        takeFree(share);
        share.surplus().forEach(lease -> leases.want(lease, name));
        leases.forgetDeadWorkers();
    }

    private void renew() {
        long asked = System.nanoTime();
        Set<HeldLease> kept = leases.renew(name, List.copyOf(holdings.keySet()));
        for (Map.Entry<HeldLease, Holding> entry : List.copyOf(holdings.entrySet())) {
            if (kept.contains(entry.getKey())) {
                entry.getValue().renewed(asked);
            } else {
                abandon(entry.getKey(), entry.getValue(), "lost or ended");
            }
        }
    }

    private void giveStopped() {
        for (Map.Entry<HeldLease, Holding> entry : List.copyOf(holdings.entrySet())) {
            Holding holding = entry.getValue();
            if (holding.refusesToStop(duration)) {
                abandon(entry.getKey(), holding, "did not stop in time");
                leases.handOver(entry.getKey());
            } else if (holding.hasStopped()) {
                leases.handOver(entry.getKey());
                holdings.remove(entry.getKey());
            }
        }
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
    private void takeHanded(List<Lease> all) {
        for (Lease lease : all) {
            if (lease.isOwnedBy(name) && !holdings.containsKey(lease.held())) {
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
