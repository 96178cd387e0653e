package io.riacho.leases;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** How an application's leases are to be divided, as one of its workers sees it. */
final class Share {

    private final String worker;
    private final List<Lease> all;
    private final Map<String, List<Lease>> byOwner = new HashMap<>();
    private final List<Lease> free = new ArrayList<>();
    private final int ceiling;

    /** @param workers those that are alive */
    Share(String worker, List<Lease> all, List<String> workers) {
        this.worker = worker;
        this.all = all;
        Set<String> owners = new HashSet<>(workers);
        owners.add(worker);
        Set<String> unfinished = new HashSet<>();
        all.stream().filter(lease -> !lease.ended()).forEach(lease -> unfinished.add(lease.shard()));
        int workable = 0;
        for (Lease lease : all) {
            String owner = lease.owner();
            if (lease.live() && owner != null) {
                byOwner.computeIfAbsent(owner, _ -> new ArrayList<>()).add(lease);
                owners.add(owner);
                workable++;
            } else if (!lease.ended() && lease.parents().stream().noneMatch(unfinished::contains)) {
                free.add(lease);
                workable++;
            }
        }
        ceiling = (workable + owners.size() - 1) / owners.size();
    }

    /** The most leases that the worker should have. */
    int ceiling() {
        return ceiling;
    }

    /** Leases that can be taken. */
    List<Lease> free() {
        return free;
    }

    /** Leases of the worker with the most, that this one should ask for; none where others are free or were asked for. */
    List<Lease> surplus() {
        boolean asked = all.stream().anyMatch(lease -> worker.equals(lease.wantedBy()));
        if (asked || !free.isEmpty()) {
            return List.of();
        }
        int mine = byOwner.getOrDefault(worker, List.of()).size();
        List<Lease> most = byOwner.values().stream()
                .max(Comparator.comparingInt(List::size))
                .orElse(List.of());
        int missing = Math.min(ceiling - mine, (most.size() - mine) / 2);
        return most.stream()
                .filter(lease -> lease.wantedBy() == null)
                .limit(Math.max(0, missing))
                .toList();
    }
}
