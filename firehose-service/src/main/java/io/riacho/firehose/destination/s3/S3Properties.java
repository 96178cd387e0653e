package io.riacho.firehose.destination.s3;

import java.net.URI;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The S3 that delivery streams write to.
 *
 * @param accessKeyId Riacho's own root key where it is not given
 * @param pathStyle whether buckets are named in paths, in place of host names
 */
@ConfigurationProperties("riacho.firehose.s3")
public record S3Properties(
        @DefaultValue("http://127.0.0.1:4580") URI endpoint,
        @DefaultValue("us-east-1") String region,
        @Nullable String accessKeyId,
        @Nullable String secretAccessKey,
        @DefaultValue("true") boolean pathStyle) {

    @Override
    public String toString() {
        return "S3Properties[" + endpoint + "]";
    }
}
