/** Delivery streams that read a Kafka topic. */
@NullMarked
package io.riacho.firehose.source.kafka;

import org.jspecify.annotations.NullMarked;
