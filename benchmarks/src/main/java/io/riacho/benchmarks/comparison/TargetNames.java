package io.riacho.benchmarks.comparison;

import java.util.List;

/** The headings of the columns. */
final class TargetNames {

    static final String RIACHO = "Riacho";
    static final String STREAMS_SERVICE = "streams-service alone";
    static final String KAFKA_FORCED = "Kafka forced";
    static final String KAFKA_UNFORCED = "Kafka unforced";
    /** The broker that both kinds of topic are on. */
    static final String KAFKA = "Kafka";

    static final String KINESALITE = "kinesalite";
    static final String KINESIS_LOCAL = "kinesis-local";

    static final List<String> COLUMNS =
            List.of(RIACHO, STREAMS_SERVICE, KAFKA_FORCED, KAFKA_UNFORCED, KINESALITE, KINESIS_LOCAL);

    private TargetNames() {}
}
