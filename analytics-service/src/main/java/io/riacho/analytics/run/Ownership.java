package io.riacho.analytics.run;

import io.riacho.leases.Application;
import io.riacho.leases.ApplicationLeases;
import io.riacho.leases.HeldLease;
import io.riacho.leases.LeaseTable;
import io.riacho.leases.NewLease;
import io.riacho.leases.Taken;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/** Which applications this process leads: those whose leases it holds. Safe for use by many threads. */
public final class Ownership {

    public static final String KIND = "ANALYTICS";

    private static final Application ALL = new Application(KIND, "applications", "*");

    private final LeaseTable table;
    private final ApplicationLeases leases;
    private final String worker;
    private final Map<UUID, HeldLease> held = new ConcurrentHashMap<>();

    /** @param worker what this process is called, which no other has ever been called */
    public Ownership(LeaseTable table, Duration duration, String worker) {
        this.table = table;
        this.leases = table.open(ALL, duration);
        this.worker = worker;
    }

    /**
     * Says that this process lives.
     *
     * @return those that it has lost meanwhile, because it was not heard of for too long
     */
    Set<UUID> renew() {
        Set<HeldLease> kept = leases.renew(worker, held.values());
        Set<UUID> lost = new HashSet<>();
        held.forEach((id, lease) -> {
            if (!kept.contains(lease) && held.remove(id, lease)) {
                lost.add(id);
            }
        });
        return lost;
    }

    boolean owns(UUID id) {
        return held.containsKey(id);
    }

    /** Whether this process leads the application, which it may come to do by this. */
    boolean own(UUID id) {
        if (held.containsKey(id)) {
            return true;
        }
        leases.add(List.of(new NewLease(id.toString(), List.of(), "")));
        Optional<Taken> taken = leases.take(id.toString(), worker);
        taken.ifPresent(lease -> held.put(id, lease.held()));
        return taken.isPresent();
    }

    /**
     * Requires, in a transaction of the caller's, that this process leads it, and keeps it so until its end.
     *
     * @throws RuntimeException where it does not
     */
    void guard(UUID id) {
        HeldLease lease = held.get(id);
        if (lease == null) {
            throw new IllegalStateException("Application " + id + " is not led by this process");
        }
        leases.guard(lease);
    }

    /** The application is no more. */
    void forget(UUID id) {
        HeldLease lease = held.remove(id);
        if (lease != null) {
            leases.end(lease, "", List.of());
            leases.forgetEnded(List.of(id.toString()));
        }
    }

    /** Leaves all to others. */
    void release() {
        held.clear();
        table.release(KIND, worker);
    }
}
