package io.riacho.firehose.destination.s3;

import io.riacho.firehose.destination.DeliveryStreamName;
import io.riacho.firehose.destination.Destination;
import io.riacho.firehose.format.ObjectFormats;
import io.riacho.firehose.prefix.ObjectKeys;
import java.time.InstantSource;
import software.amazon.awssdk.services.firehose.model.ExtendedS3DestinationConfiguration;
import software.amazon.awssdk.services.firehose.model.S3DestinationConfiguration;

/** Opens what configurations say about buckets. Safe for use by many threads. */
public final class Buckets {

    private final S3Objects objects;
    private final ObjectFormats formats;
    private final InstantSource clock;

    public Buckets(S3Objects objects, ObjectFormats formats, InstantSource clock) {
        this.objects = objects;
        this.formats = formats;
        this.clock = clock;
    }

    public Destination destination(DeliveryStreamName stream, ExtendedS3DestinationConfiguration configuration) {
        return new S3Destination(
                objects,
                Bucket.name(configuration.bucketARN()),
                ObjectKeys.of(
                        configuration.prefix(), configuration.errorOutputPrefix(), configuration.customTimeZone()),
                formats.of(stream, configuration));
    }

    /** Where the records go that the bucket's own destination does not take. */
    public BucketErrors errors(ExtendedS3DestinationConfiguration configuration) {
        return new BucketErrors(
                objects,
                Bucket.name(configuration.bucketARN()),
                ObjectKeys.of(
                        configuration.prefix(), configuration.errorOutputPrefix(), configuration.customTimeZone()),
                formats.of(configuration.compressionFormat()),
                clock);
    }

    public BucketErrors errors(S3DestinationConfiguration configuration) {
        return new BucketErrors(
                objects,
                Bucket.name(configuration.bucketARN()),
                ObjectKeys.of(configuration.prefix(), configuration.errorOutputPrefix(), null),
                formats.of(configuration.compressionFormat()),
                clock);
    }

    public BucketBackup backup(S3DestinationConfiguration configuration) {
        return new BucketBackup(
                objects,
                Bucket.name(configuration.bucketARN()),
                ObjectKeys.of(configuration.prefix(), configuration.errorOutputPrefix(), null),
                formats.of(configuration.compressionFormat()));
    }
}
