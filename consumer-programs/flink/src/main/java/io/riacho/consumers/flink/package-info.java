/** A job of Apache Flink that reads with the public Kinesis connector. */
@NullMarked
package io.riacho.consumers.flink;

import org.jspecify.annotations.NullMarked;
