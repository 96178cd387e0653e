package io.riacho.analytics;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;

/**
 * What can be set of Analytics.
 *
 * @param folder what belongs to this process alone
 * @param url where jobs reach this service; this server itself where it is not given
 * @param kinesis where Kinesis Data Streams is; this server itself where it is not given
 * @param firehose where Firehose is; this server itself where it is not given
 * @param trustedCa the certificate authority (PEM) of these; the server's own, or what this Java trusts, where it is not given
 * @param functions where functions are that applications name by their ARNs
 * @param maxApplications how many applications there may be
 * @param pollInterval how often applications are looked at
 * @param leaseDuration for how long a process that is not heard of keeps its applications
 * @param previews how many people may look at the rows of applications at once
 * @param discoveryPatience for how long records are waited for whose schema is to be guessed
 */
@ConfigurationProperties("riacho.analytics")
public record AnalyticsProperties(
        Path folder,
        @Nullable URI url,
        @Nullable URI kinesis,
        @Nullable URI firehose,
        @Nullable Path trustedCa,
        @DefaultValue List<Function> functions,
        @DefaultValue("50") int maxApplications,
        @DefaultValue("1s") Duration pollInterval,
        @DefaultValue("10s") Duration leaseDuration,
        @DefaultValue("100") int previews,
        @DefaultValue("20s") Duration discoveryPatience) {

    /** @param arn such as {@code arn:aws:lambda:us-east-1:000000000000:function:clean} */
    public record Function(String arn, URI url) {}

    public AnalyticsProperties {
        functions = List.copyOf(functions);
        if (maxApplications < 1 || previews < 1) {
            throw new InvalidConfigurationPropertyValueException(
                    "riacho.analytics.max-applications", maxApplications, "It has to be at least 1.");
        }
        if (leaseDuration.compareTo(pollInterval.multipliedBy(3)) < 0) {
            throw new InvalidConfigurationPropertyValueException(
                    "riacho.analytics.lease-duration", leaseDuration, "It has to be three times the poll interval.");
        }
    }
}
