package io.riacho.firehose.destination.s3;

import io.riacho.firehose.destination.Delivery;
import io.riacho.firehose.destination.DeliveryException;
import io.riacho.firehose.format.ObjectFormat;
import io.riacho.firehose.prefix.ObjectKeys;
import io.riacho.firehose.prefix.PrefixException;

/** The source's records as they were, in a bucket of their own. Safe for use by many threads. */
public final class BucketBackup {

    private final S3Objects objects;
    private final String bucket;
    private final ObjectKeys keys;
    private final ObjectFormat format;

    BucketBackup(S3Objects objects, String bucket, ObjectKeys keys, ObjectFormat format) {
        this.objects = objects;
        this.bucket = bucket;
        this.keys = keys;
        this.format = format;
    }

    public void write(Delivery delivery) throws DeliveryException, InterruptedException {
        String key;
        try {
            key = keys.key(delivery, format.extension());
        } catch (PrefixException e) {
            throw DeliveryException.retryable("S3.InvalidPrefix", e.getMessage(), e);
        }
        objects.put(bucket, key, format.contentType(), format.contentEncoding(), out -> {
            var _ = format.write(delivery.records(), out);
        });
    }
}
