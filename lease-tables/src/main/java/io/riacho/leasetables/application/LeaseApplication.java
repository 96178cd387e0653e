package io.riacho.leasetables.application;

import java.util.List;

/**
 * A KCL application.
 *
 * @param name of its table, which is the application's
 * @param leases in the order of their keys
 */
public record LeaseApplication(String name, List<ShardLease> leases) {

    public LeaseApplication {
        leases = List.copyOf(leases);
    }
}
