package io.riacho.firehose.destination.s3;

import java.net.URI;

/** An S3 that the process serves itself, for delivery streams to write to where no other is named. */
@FunctionalInterface
public interface S3Endpoint {

    /** Such as {@code http://127.0.0.1:4580}; waits until it is known. */
    URI uri();
}
