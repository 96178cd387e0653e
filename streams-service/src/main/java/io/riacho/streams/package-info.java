/** Kinesis Data Streams as a service. */
@NullMarked
package io.riacho.streams;

import org.jspecify.annotations.NullMarked;
