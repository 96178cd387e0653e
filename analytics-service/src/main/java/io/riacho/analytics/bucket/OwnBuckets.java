package io.riacho.analytics.bucket;

import java.net.URI;

/** An S3 that the process serves itself. It knows the root's access key and no roles. */
@FunctionalInterface
public interface OwnBuckets {

    /** Such as {@code http://127.0.0.1:4580}; waits until it is known. */
    URI uri();
}
