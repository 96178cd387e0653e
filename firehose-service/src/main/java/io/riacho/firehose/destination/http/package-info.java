/** Delivery to HTTP endpoints by Firehose's own protocol. */
@NullMarked
package io.riacho.firehose.destination.http;

import org.jspecify.annotations.NullMarked;
