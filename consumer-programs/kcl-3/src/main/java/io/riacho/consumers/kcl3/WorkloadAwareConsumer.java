package io.riacho.consumers.kcl3;

import io.riacho.consumers.kcl.Consumer;

/** What KCL 3 has more than KCL 2: an elected leader that assigns leases by the workers' load. */
public final class WorkloadAwareConsumer {

    private WorkloadAwareConsumer() {}

    /** Arguments are those of {@link Consumer#main}. */
    public static void main(String[] arguments) {
        Consumer.run(arguments, leases -> {
            leases.workerUtilizationAwareAssignmentConfig().workerMetricsReporterFreqInMillis(1_000);
            return leases.leaseAssignmentIntervalMillis(2_000L)
                    .dynamoDbLockBasedLeaderLeaseDurationInMillis(6_000)
                    .dynamoDbLockBasedLeaderHeartbeatPeriodInMillis(1_500);
        });
    }
}
