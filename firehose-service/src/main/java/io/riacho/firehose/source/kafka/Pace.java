package io.riacho.firehose.source.kafka;

import java.time.Duration;

/**
 * How often Kafka is asked.
 *
 * @param probe how long a partition may be silent before it is asked whether it is there
 * @param patience for how long an answer is waited for
 * @param metadata how old what is known of the topic may be
 * @param report how often it is told how far reading is
 */
record Pace(Duration probe, Duration patience, Duration metadata, Duration report) {

    static final Pace USUAL =
            new Pace(Duration.ofSeconds(10), Duration.ofSeconds(10), Duration.ofSeconds(30), Duration.ofSeconds(30));
}
