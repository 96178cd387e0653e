package io.riacho.firehose.destination.s3;

import io.riacho.firehose.destination.DeliveryException;
import org.jspecify.annotations.Nullable;

/** Stores objects. Safe for use by many threads. */
public interface S3Objects {

    /**
     * Stores an object, or replaces it: it is there as a whole or not at all.
     *
     * @param key at most 1024 bytes
     * @param writer writes its bytes; called again where the object has to be written anew
     * @throws DeliveryException where it is not known to be stored
     */
    default void put(String bucket, String key, String contentType, ObjectWriter writer)
            throws DeliveryException, InterruptedException {
        put(bucket, key, contentType, null, writer);
    }

    /**
     * The same for an object that is compressed.
     *
     * @param contentEncoding the object's {@code Content-Encoding}; null for none
     */
    void put(String bucket, String key, String contentType, @Nullable String contentEncoding, ObjectWriter writer)
            throws DeliveryException, InterruptedException;
}
