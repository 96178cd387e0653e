package io.riacho.firehose.destination.s3;

import java.io.IOException;
import java.io.OutputStream;

/** Writes the bytes of an object. Does not close the stream; writes the same when it is asked again. */
@FunctionalInterface
public interface ObjectWriter {

    void write(OutputStream out) throws IOException;
}
