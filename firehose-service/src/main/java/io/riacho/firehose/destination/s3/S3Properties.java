package io.riacho.firehose.destination.s3;

import java.net.URI;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The S3 that delivery streams write to.
 *
 * @param endpoint the S3 that this process serves where it is not given
 * @param accessKeyId Riacho's own root key where it is not given
 * @param pathStyle whether buckets are named in paths, in place of host names
 */
@ConfigurationProperties("riacho.firehose.s3")
public record S3Properties(
        @Nullable URI endpoint,
        @DefaultValue("us-east-1") String region,
        @Nullable String accessKeyId,
        @Nullable String secretAccessKey,
        @DefaultValue("true") boolean pathStyle) {

    /** The same at this endpoint, where none is given. */
    public S3Properties orAt(URI otherwise) {
        return endpoint != null ? this : new S3Properties(otherwise, region, accessKeyId, secretAccessKey, pathStyle);
    }

    /** @throws IllegalStateException where none is given and the process serves no S3 */
    public URI requireEndpoint() {
        if (endpoint == null) {
            throw new IllegalStateException("riacho.firehose.s3.endpoint has to be set");
        }
        return endpoint;
    }

    @Override
    public String toString() {
        return "S3Properties[" + endpoint + "]";
    }
}
