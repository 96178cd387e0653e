package io.riacho.firehose.destination.s3;

import org.jspecify.annotations.Nullable;

/** Says at creation whether prefixes of objects' keys can be evaluated. */
@FunctionalInterface
public interface PrefixCheck {

    /**
     * @param timeZone the API's {@code CustomTimeZone}
     * @throws io.riacho.protocol.AwsException InvalidArgumentException
     */
    void check(
            @Nullable String prefix,
            @Nullable String errorPrefix,
            boolean dynamicPartitioning,
            @Nullable String timeZone);
}
