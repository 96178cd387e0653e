package io.riacho.benchmarks.comparison;

/** The headings of the columns. */
final class TargetNames {

    static final String RIACHO = "Riacho";
    static final String STREAMS_SERVICE = "streams-service alone";
    static final String KAFKA_FORCED = "Kafka forced";
    static final String KAFKA_UNFORCED = "Kafka unforced";
    static final String KAFKA = "Kafka";
    static final String KINESALITE = "kinesalite";
    static final String KINESIS_LOCAL = "kinesis-local";

    private TargetNames() {}
}
