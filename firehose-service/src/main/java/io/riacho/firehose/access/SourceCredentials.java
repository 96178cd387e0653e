package io.riacho.firehose.access;

import io.riacho.firehose.deliverystream.DeliveryStream;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;

/** As whom delivery streams read their sources. */
public interface SourceCredentials {

    /** The service's own, for the streams that it makes for itself. */
    AwsCredentialsProvider own();

    /** Those of the role that the delivery stream was given for its source. */
    AwsCredentialsProvider of(DeliveryStream stream, String roleArn);
}
