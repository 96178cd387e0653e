/** The catalogue of errors that Kinesis Data Streams answers with. */
@NullMarked
package io.riacho.streams.error;

import org.jspecify.annotations.NullMarked;
