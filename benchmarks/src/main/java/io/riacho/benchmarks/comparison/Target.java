package io.riacho.benchmarks.comparison;

import java.util.Map;

/** A server, in one way of using it, that loads are put on. Used by one thread. */
interface Target extends AutoCloseable {

    /** The heading of its column. */
    String name();

    boolean supports(Workload workload);

    /** Makes what the loads need that outlives a single one: a filled stream to read, for instance. */
    void prepare() throws Exception;

    Map<Metric, Double> run(Workload workload, Durations durations) throws Exception;

    /** Lets go of the connections, not of the server. */
    @Override
    void close();
}
