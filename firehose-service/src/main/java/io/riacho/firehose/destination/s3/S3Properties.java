package io.riacho.firehose.destination.s3;

import java.net.URI;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Where the buckets are, and who Riacho is there.
 *
 * @param endpoint null for AWS's own
 * @param accessKey null where the environment has the credentials, as the AWS SDK finds them
 * @param pathStyle whether the bucket is in the path of a URL, not in its host's name
 */
@ConfigurationProperties("riacho.firehose.s3")
public record S3Properties(
        @Nullable URI endpoint,
        @DefaultValue("us-east-1") String region,
        @Nullable String accessKey,
        @Nullable String secretKey,
        @DefaultValue("true") boolean pathStyle) {

    @Override
    public String toString() {
        return "S3Properties[endpoint=" + endpoint + ", region=" + region + ", pathStyle=" + pathStyle + "]";
    }
}
