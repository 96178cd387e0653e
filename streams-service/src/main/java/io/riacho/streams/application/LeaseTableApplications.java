package io.riacho.streams.application;

import io.riacho.leasetables.application.LeaseTables;
import io.riacho.leasetables.application.ShardLease;
import java.util.List;

/** Applications of the Kinesis Client Library, whose leases are in the DynamoDB tables. */
public final class LeaseTableApplications implements ApplicationSource {

    private final LeaseTables tables;

    public LeaseTableApplications(LeaseTables tables) {
        this.tables = tables;
    }

    @Override
    public List<ApplicationState> applications() {
        return tables.applications().stream()
                .map(application -> new ApplicationState(
                        "KCL",
                        application.name(),
                        application.leases().stream()
                                .map(LeaseTableApplications::state)
                                .toList()))
                .toList();
    }

    private static LeaseState state(ShardLease lease) {
        return new LeaseState(
                lease.stream(),
                lease.shard(),
                lease.owner(),
                lease.checkpoint(),
                lease.checkpoint().equals("SHARD_END"),
                lease.changedAt());
    }
}
