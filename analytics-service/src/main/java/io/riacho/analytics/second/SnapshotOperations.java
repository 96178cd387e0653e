package io.riacho.analytics.second;

import io.riacho.analytics.application.Application;
import io.riacho.analytics.application.Applications;
import io.riacho.analytics.error.AnalyticsErrors;
import io.riacho.analytics.snapshot.Snapshot;
import io.riacho.analytics.snapshot.SnapshotStore;
import java.util.List;
import software.amazon.awssdk.services.kinesisanalyticsv2.model.CreateApplicationSnapshotRequest;
import software.amazon.awssdk.services.kinesisanalyticsv2.model.CreateApplicationSnapshotResponse;
import software.amazon.awssdk.services.kinesisanalyticsv2.model.DeleteApplicationSnapshotRequest;
import software.amazon.awssdk.services.kinesisanalyticsv2.model.DeleteApplicationSnapshotResponse;
import software.amazon.awssdk.services.kinesisanalyticsv2.model.DescribeApplicationSnapshotRequest;
import software.amazon.awssdk.services.kinesisanalyticsv2.model.DescribeApplicationSnapshotResponse;
import software.amazon.awssdk.services.kinesisanalyticsv2.model.ListApplicationSnapshotsRequest;
import software.amazon.awssdk.services.kinesisanalyticsv2.model.ListApplicationSnapshotsResponse;
import software.amazon.awssdk.services.kinesisanalyticsv2.model.SnapshotDetails;
import software.amazon.awssdk.services.kinesisanalyticsv2.model.SnapshotStatus;

/** Snapshots of Flink applications. */
public final class SnapshotOperations {

    private static final int PAGE = 50;

    private final Applications applications;
    private final SnapshotStore snapshots;

    public SnapshotOperations(Applications applications, SnapshotStore snapshots) {
        this.applications = applications;
        this.snapshots = snapshots;
    }

    public CreateApplicationSnapshotResponse createApplicationSnapshot(CreateApplicationSnapshotRequest request) {
        Application unused = applications.change(request.applicationName(), now -> {
            requireFlink(now);
            if (!now.isRunning()) {
                throw AnalyticsErrors.wrongState(now.name(), now.status().toString());
            }
            var configured = now.definition().configuration().applicationSnapshotConfigurationDescription();
            if (configured != null && Boolean.FALSE.equals(configured.snapshotsEnabled())) {
                throw AnalyticsErrors.invalidConfiguration("Snapshots are not enabled for " + now.name() + ".");
            }
            snapshots.add(new Snapshot(
                    now.id(),
                    request.snapshotName(),
                    SnapshotStatus.CREATING,
                    now.version(),
                    now.definition().runtime(),
                    applications.now(),
                    null));
            return now;
        });
        return CreateApplicationSnapshotResponse.builder().build();
    }

    public DescribeApplicationSnapshotResponse describeApplicationSnapshot(
            DescribeApplicationSnapshotRequest request) {
        Application application = flink(request.applicationName());
        return DescribeApplicationSnapshotResponse.builder()
                .snapshotDetails(details(get(application, request.snapshotName())))
                .build();
    }

    public ListApplicationSnapshotsResponse listApplicationSnapshots(ListApplicationSnapshotsRequest request) {
        Application application = flink(request.applicationName());
        int limit = request.limit() == null ? PAGE : request.limit();
        int offset = Offsets.of(request.nextToken());
        List<Snapshot> found = snapshots.list(application.id(), offset, limit + 1);
        return ListApplicationSnapshotsResponse.builder()
                .snapshotSummaries(found.stream()
                        .limit(limit)
                        .map(SnapshotOperations::details)
                        .toList())
                .nextToken(Offsets.next(offset, limit, found.size()))
                .build();
    }

    public DeleteApplicationSnapshotResponse deleteApplicationSnapshot(DeleteApplicationSnapshotRequest request) {
        Application unused = applications.change(request.applicationName(), now -> {
            requireFlink(now);
            Snapshot snapshot = get(now, request.snapshotName());
            if (snapshot.createdAt().getEpochSecond()
                    != request.snapshotCreationTimestamp().getEpochSecond()) {
                throw AnalyticsErrors.invalidArgument(
                        "SnapshotCreationTimestamp is not that of snapshot " + snapshot.name() + ".");
            }
            if (snapshot.status() == SnapshotStatus.CREATING) {
                throw AnalyticsErrors.resourceInUse("Snapshot " + snapshot.name() + " is being created.");
            }
            snapshots.set(snapshot, SnapshotStatus.DELETING);
            return now;
        });
        return DeleteApplicationSnapshotResponse.builder().build();
    }

    private Application flink(String name) {
        Application application = applications.get(name);
        requireFlink(application);
        return application;
    }

    private Snapshot get(Application application, String name) {
        return snapshots
                .find(application.id(), name)
                .orElseThrow(() -> AnalyticsErrors.resourceNotFound("Snapshot " + name + " not found."));
    }

    private static void requireFlink(Application application) {
        if (application.definition().isSql()) {
            throw AnalyticsErrors.unsupportedOperation("SQL applications have no snapshots.");
        }
    }

    private static SnapshotDetails details(Snapshot snapshot) {
        return SnapshotDetails.builder()
                .snapshotName(snapshot.name())
                .snapshotStatus(snapshot.status())
                .applicationVersionId(snapshot.version())
                .snapshotCreationTimestamp(snapshot.createdAt())
                .runtimeEnvironment(snapshot.runtime())
                .build();
    }
}
