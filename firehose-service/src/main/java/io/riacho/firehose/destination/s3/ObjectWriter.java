package io.riacho.firehose.destination.s3;

import java.io.IOException;
import java.io.OutputStream;

/** Writes the bytes of an object, the same whenever it is asked. */
@FunctionalInterface
public interface ObjectWriter {

    void write(OutputStream out) throws IOException;
}
