package io.riacho.analytics.job;

import java.util.List;
import java.util.Map;

/**
 * One Flink job: all that an application computes.
 *
 * @param run the name of this run of the application, unique for ever; where its checkpoints lie
 * @param application its name, for people
 * @param statements what defines functions, tables and views, in their order
 * @param inserts the INSERTs, which run as one statement set
 * @param previews views whose rows can be looked at while the job runs, by the names of the in-application streams
 * @param settings of the table environment and of connectors, such as where Kinesis is
 * @param parallelism 1 or more
 * @param checkpointInterval in milliseconds
 */
public record JobSpecification(
        String run,
        String application,
        List<String> statements,
        List<String> inserts,
        Map<String, String> previews,
        Map<String, String> settings,
        int parallelism,
        long checkpointInterval) {

    public JobSpecification {
        statements = List.copyOf(statements);
        inserts = List.copyOf(inserts);
        previews = Map.copyOf(previews);
        settings = Map.copyOf(settings);
    }

    /** Without the settings, which hold tokens. */
    @Override
    public String toString() {
        return "JobSpecification[" + application + ", run " + run + "]";
    }
}
