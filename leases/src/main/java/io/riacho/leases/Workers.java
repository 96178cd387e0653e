package io.riacho.leases;

import io.riacho.leases.SharedLeases.Renewal;
import io.riacho.leases.SharedLeases.View;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The workers of a process. They renew and look together, in rounds, three in a lease's duration, so that a thousand
 * workers that have nothing to do ask the database as seldom as one; what there is to do for one of them is done on a
 * thread that lives as long as that takes. A worker that is still at it is left out of a round, and has one of its own
 * afterwards. Safe for use by many threads.
 */
public final class Workers implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(Workers.class);
    private static final int ROUNDS_PER_DURATION = 3;

    private final SharedLeases leases;
    private final long period;
    private final Set<Worker> members = ConcurrentHashMap.newKeySet();
    private final Set<Worker> woken = ConcurrentHashMap.newKeySet();
    private final Semaphore wakes = new Semaphore(0);
    private final Thread thread;
    private volatile boolean closed;

    private Workers(SharedLeases leases) {
        this.leases = leases;
        this.period = leases.duration().toNanos() / ROUNDS_PER_DURATION;
        this.thread = Thread.ofVirtual().name("leases").unstarted(this::run);
    }

    static Workers start(SharedLeases leases) {
        Workers workers = new Workers(leases);
        workers.thread.start();
        return workers;
    }

    /**
     * Begins to share in an application's leases.
     *
     * @param name unique among all workers that the application ever had: a process that starts again is another worker
     * @param application whose leases have these workers' duration
     */
    public Worker start(String name, ApplicationLeases application, ShardWork work) {
        if (!application.duration().equals(leases.duration())) {
            throw new IllegalArgumentException(
                    "Leases of " + application.duration() + " among those of " + leases.duration());
        }
        Worker worker = new Worker(name, application, work, this);
        members.add(worker);
        wake(worker);
        return worker;
    }

    /** Stops the work of all, in at most a lease's duration, and gives the leases back. */
    @Override
    public void close() {
        closed = true;
        wakes.release();
        List<Worker> left = List.copyOf(members);
        left.forEach(Worker::beginToStop);
        left.forEach(Worker::close);
    }

    void wake(Worker worker) {
        if (members.contains(worker)) {
            woken.add(worker);
            wakes.release();
        }
    }

    void remove(Worker worker) {
        members.remove(worker);
        woken.remove(worker);
    }

    private void run() {
        long next = System.nanoTime();
        while (!closed) {
            boolean all = next - System.nanoTime() <= 0;
            if (all) {
                next = System.nanoTime() + period;
                woken.clear();
            }
            try {
                round(all ? members : takeWoken(), all);
            } catch (RuntimeException e) {
                log.error("A round of leases went wrong; there is another", e);
            }
            await(next);
        }
    }

    private List<Worker> takeWoken() {
        List<Worker> taken = new ArrayList<>();
        for (Worker worker : woken) {
            if (woken.remove(worker)) {
                taken.add(worker);
            }
        }
        return taken;
    }

    private void await(long next) {
        try {
            if (wakes.tryAcquire(next - System.nanoTime(), TimeUnit.NANOSECONDS)) {
                wakes.drainPermits();
            }
        } catch (InterruptedException e) {
            log.debug("Nobody interrupts this thread", e);
        }
    }

    private void round(Collection<Worker> due, boolean all) {
        List<Worker> ready = due.stream().filter(Worker::takeTurn).toList();
        if (ready.isEmpty()) {
            return;
        }
        long asked = System.nanoTime();
        Renewal renewal = null;
        View view = null;
        try {
            renewal = leases.renew(ready.stream().map(Worker::member).toList());
            List<Long> applications =
                    ready.stream().map(Worker::application).distinct().toList();
            view = leases.look(applications);
            if (all) {
                leases.forgetDeadWorkers(applications);
            }
        } catch (RuntimeException e) {
            log.warn("Leases could not be looked after; it is tried again", e);
        } finally {
            for (Worker worker : ready) {
                begin(worker, asked, renewal, view);
            }
        }
    }

    private static void begin(Worker worker, long asked, @Nullable Renewal renewal, @Nullable View view) {
        Thread.ofVirtual().name("leases-" + worker.name()).start(() -> worker.turn(asked, renewal, view));
    }
}
