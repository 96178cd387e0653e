package io.riacho.analytics.job;

import java.util.List;
import java.util.Map;

/** What a running job consists of, and how each part does. */
public record JobGraph(List<Vertex> vertices) {

    /** How many records came in and went out since the job began, and in a second. */
    public static final String RECORDS_IN = "numRecordsIn";

    public static final String RECORDS_OUT = "numRecordsOut";
    public static final String PER_SECOND = "PerSecond";

    public JobGraph {
        vertices = List.copyOf(vertices);
    }

    /**
     * Operators that run in one task; its subtasks do the same with different records.
     *
     * @param name what it does, in Flink's words
     * @param state of its subtasks together, in Flink's words
     * @param inputs ids of the vertices whose records it gets
     * @param metrics by Flink's names; records are of all subtasks together, times those of the one with the most
     */
    public record Vertex(
            String id, String name, String state, int parallelism, List<String> inputs, Map<String, Double> metrics) {

        public Vertex {
            inputs = List.copyOf(inputs);
            metrics = Map.copyOf(metrics);
        }
    }
}
