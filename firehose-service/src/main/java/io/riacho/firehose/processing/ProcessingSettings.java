package io.riacho.firehose.processing;

import java.net.URI;
import java.time.Duration;
import java.util.Map;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What processing needs to know of this installation.
 *
 * @param functions the URLs, {@code http} or {@code https}, of the functions that may transform records, by their ARNs
 * @param functionTimeout for how long a function is waited for
 * @param functionConcurrency how many invocations there may be at once; each takes up to 30 MB
 * @param queryTimeout how long a query may take for a record
 */
@ConfigurationProperties("riacho.firehose")
public record ProcessingSettings(
        @DefaultValue Map<String, URI> functions,
        @DefaultValue("5m") Duration functionTimeout,
        @DefaultValue("8") int functionConcurrency,
        @DefaultValue("1s") Duration queryTimeout) {

    public ProcessingSettings {
        functions = Map.copyOf(functions);
        functions.forEach((arn, url) -> {
            if (!"http".equals(url.getScheme()) && !"https".equals(url.getScheme()) || url.getHost() == null) {
                throw new IllegalArgumentException(
                        "riacho.firehose.functions.[" + arn + "] has to be an http or https URL");
            }
        });
        if (functionConcurrency < 1) {
            throw new IllegalArgumentException("riacho.firehose.function-concurrency has to be at least 1");
        }
        if (!functionTimeout.isPositive() || !queryTimeout.isPositive()) {
            throw new IllegalArgumentException("Timeouts of riacho.firehose have to be positive");
        }
    }

    /** With AWS's timeout, and without many invocations at once. */
    public static ProcessingSettings of(Map<String, URI> functions) {
        return new ProcessingSettings(functions, Duration.ofMinutes(5), 8, Duration.ofSeconds(1));
    }

    /** Without the URLs, which may have secrets in them. */
    @Override
    public String toString() {
        return "ProcessingSettings" + functions.keySet();
    }
}
