package io.riacho.firehose.destination.s3;

import io.riacho.firehose.destination.DeliveryException;

/** Puts objects into buckets. Safe for use by many threads. */
public interface S3Objects {

    /**
     * Puts an object, or replaces the one that is there. The object is there whole when this returns.
     *
     * @throws DeliveryException where it is not there, or where that is not known
     * @throws InterruptedException where it was called off
     */
    void put(String bucket, String key, String contentType, ObjectWriter writer)
            throws DeliveryException, InterruptedException;
}
