/** What Kinesis Data Streams answers on the wire, byte for byte as a client sees it. */
@NullMarked
package io.riacho.streams.wire;

import org.jspecify.annotations.NullMarked;
