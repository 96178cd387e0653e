package io.riacho.firehose.destination.web;

import io.riacho.firehose.destination.s3.S3Configurations;
import io.riacho.firehose.prefix.PrefixRules;
import software.amazon.awssdk.services.firehose.model.S3DestinationConfiguration;

/** The bucket of what is not delivered. */
public final class TestBuckets {

    public static final String ROLE = "arn:aws:iam::000000000000:role/deliverer";

    public static final S3Configurations CONFIGURATIONS = new S3Configurations(PrefixRules::check);

    public static final S3DestinationConfiguration BACKUP = S3DestinationConfiguration.builder()
            .roleARN(ROLE)
            .bucketARN("arn:aws:s3:::backup")
            .build();

    private TestBuckets() {}
}
