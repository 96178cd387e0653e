package io.riacho.streams.application;

import io.riacho.leases.Application;
import io.riacho.leases.Lease;
import io.riacho.leases.LeaseTable;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Riacho's own workers, such as Firehose's, whose leases are in the lease table. */
public final class WorkerApplications implements ApplicationSource {

    /** What leases divide that are no shards, such as the applications of Analytics. */
    private static final String NO_STREAM = "*";

    private final LeaseTable table;

    public WorkerApplications(LeaseTable table) {
        this.table = table;
    }

    @Override
    public List<ApplicationState> applications() {
        return table.applications().stream()
                .filter(application -> !application.stream().equals(NO_STREAM))
                .map(this::state)
                .toList();
    }

    private ApplicationState state(Application application) {
        String stream = application.stream().substring(application.stream().lastIndexOf('/') + 1);
        return new ApplicationState(
                application.kind(),
                application.name(),
                table.leases(application.kind(), application.name()).stream()
                        .map(lease -> state(stream, lease))
                        .toList());
    }

    private static LeaseState state(String stream, Lease lease) {
        return new LeaseState(
                stream, lease.shard(), owner(lease), lease.checkpoint(), lease.ended(), lease.checkpointedAt());
    }

    private static @Nullable String owner(Lease lease) {
        return lease.live() ? lease.owner() : null;
    }
}
