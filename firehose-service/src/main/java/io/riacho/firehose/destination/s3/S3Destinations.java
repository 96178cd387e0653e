package io.riacho.firehose.destination.s3;

import io.riacho.firehose.destination.DeliveryStreamName;
import io.riacho.firehose.destination.Destination;
import software.amazon.awssdk.services.firehose.model.ExtendedS3DestinationConfiguration;

/** Makes destinations of buckets. */
@FunctionalInterface
public interface S3Destinations {

    /** @param configuration a complete one */
    Destination open(DeliveryStreamName stream, ExtendedS3DestinationConfiguration configuration);
}
