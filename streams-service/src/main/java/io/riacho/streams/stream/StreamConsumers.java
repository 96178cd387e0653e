package io.riacho.streams.stream;

import io.riacho.protocol.Permission;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What has to be known of the consumers of streams, which are kept elsewhere. Safe for use by many threads. */
public interface StreamConsumers {

    /** How many the stream has, whatever their states. */
    int count(Stream stream);

    /**
     * The consumer that a request means, which need not exist.
     *
     * @param streamArn beside {@code name}
     * @return its ARN, without a time where no consumer has that name
     * @throws io.riacho.protocol.AwsException InvalidArgumentException where the request means none, or two
     */
    String arn(@Nullable String arn, @Nullable String streamArn, @Nullable String name);

    /**
     * What a caller needs for it.
     *
     * @param arn of a consumer, which need not exist
     * @param requestKeys condition keys of the request alone
     */
    Permission permission(String operation, String arn, Map<String, List<String>> requestKeys);
}
