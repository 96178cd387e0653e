/** Delivery streams that read a Kafka topic, against a real broker. */
@NullMarked
package io.riacho.firehose.source.kafka;

import org.jspecify.annotations.NullMarked;
