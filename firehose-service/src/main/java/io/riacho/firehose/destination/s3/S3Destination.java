package io.riacho.firehose.destination.s3;

import io.riacho.firehose.destination.Delivered;
import io.riacho.firehose.destination.Delivery;
import io.riacho.firehose.destination.DeliveryException;
import io.riacho.firehose.destination.Destination;
import io.riacho.firehose.destination.Rejection;
import io.riacho.firehose.format.ObjectFormat;
import io.riacho.firehose.prefix.ObjectKeys;
import io.riacho.firehose.prefix.PrefixException;
import io.riacho.firehose.record.DeliveryRecord;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;

/** Each delivery is an object whose key comes from the delivery, so that a repeat writes the same object again. */
final class S3Destination implements Destination {

    private final S3Objects objects;
    private final String bucket;
    private final ObjectKeys keys;
    private final ObjectFormat format;

    S3Destination(S3Objects objects, String bucket, ObjectKeys keys, ObjectFormat format) {
        this.objects = objects;
        this.bucket = bucket;
        this.keys = keys;
        this.format = format;
    }

    @Override
    public Delivered deliver(Delivery delivery) throws DeliveryException, InterruptedException {
        String key;
        try {
            key = keys.key(delivery, format.extension());
        } catch (PrefixException e) {
            return new Delivered(rejected(delivery.records(), e), List.of());
        }
        List<Rejection> rejected = new ArrayList<>();
        try {
            objects.put(
                    bucket, key, format.contentType(), format.contentEncoding(), out -> write(delivery, out, rejected));
        } catch (NothingToStoreException e) {
            return new Delivered(rejected, List.of());
        }
        return new Delivered(rejected, List.of());
    }

    private void write(Delivery delivery, OutputStream out, List<Rejection> rejected) throws IOException {
        rejected.clear();
        rejected.addAll(format.write(delivery.records(), out));
        if (rejected.size() == delivery.records().size()) {
            throw new NothingToStoreException();
        }
    }

    private static List<Rejection> rejected(List<DeliveryRecord> records, PrefixException e) {
        return records.stream()
                .map(record -> new Rejection(record, "DynamicPartitioning.InvalidPrefix", e.getMessage()))
                .toList();
    }

    @Override
    public void close() {
        // The client is the process's.
    }

    /** None of the records can be in the object, so there is none. */
    private static final class NothingToStoreException extends RuntimeException {

        private static final long serialVersionUID = 1L;

        NothingToStoreException() {
            super(null, null, false, false);
        }
    }
}
