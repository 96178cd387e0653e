package io.riacho.firehose.destination.opensearch;

import java.net.URI;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How Riacho deals with OpenSearch and Elasticsearch.
 *
 * @param domains where domains are and how they let in, by the {@code DomainARN}, {@code ClusterEndpoint} or
 *     {@code CollectionEndpoint} that configurations name
 * @param timeout of each request
 */
@ConfigurationProperties("riacho.firehose.opensearch")
public record SearchProperties(
        @DefaultValue Map<String, Domain> domains,
        @DefaultValue("90s") Duration timeout) {

    public SearchProperties {
        domains = Map.copyOf(domains);
        if (!timeout.isPositive()) {
            throw new IllegalArgumentException("riacho.firehose.opensearch.timeout has to be positive");
        }
    }

    /** How a domain knows who asks. */
    public enum Auth {
        /** It does not. */
        NONE,
        /** By a user's name and password. */
        BASIC,
        /** By a signature of AWS's, version 4. */
        SIGV4
    }

    /**
     * One domain.
     *
     * @param url {@code http} or {@code https}; null where the key is the URL
     * @param username for {@code basic}
     * @param password for {@code basic}
     * @param accessKeyId for {@code sigv4}
     * @param secretAccessKey for {@code sigv4}
     * @param sessionToken for {@code sigv4}, where the key is a temporary one
     * @param region for {@code sigv4}; null for the delivery stream's
     */
    public record Domain(
            @Nullable URI url,
            @DefaultValue("none") Auth auth,
            @Nullable String username,
            @Nullable String password,
            @Nullable String accessKeyId,
            @Nullable String secretAccessKey,
            @Nullable String sessionToken,
            @Nullable String region) {

        public Domain {
            if (url != null
                    && (url.getHost() == null
                            || !("http".equals(url.getScheme()) || "https".equals(url.getScheme())))) {
                throw new IllegalArgumentException(
                        "riacho.firehose.opensearch.domains: url has to be an http or https URL");
            }
            if ((auth == Auth.BASIC) != (username != null && password != null)) {
                throw new IllegalArgumentException(
                        "riacho.firehose.opensearch.domains: username and password belong to auth=basic");
            }
            if ((auth == Auth.SIGV4) != (accessKeyId != null && secretAccessKey != null)) {
                throw new IllegalArgumentException(
                        "riacho.firehose.opensearch.domains: access-key-id and secret-access-key belong to auth=sigv4");
            }
        }

        /** Without authentication. */
        public static Domain at(URI url) {
            return new Domain(url, Auth.NONE, null, null, null, null, null, null);
        }

        /** With a user. */
        public static Domain at(URI url, String username, String password) {
            return new Domain(url, Auth.BASIC, username, password, null, null, null, null);
        }

        /** Without secrets. */
        @Override
        public String toString() {
            return "Domain[auth=" + auth + "]";
        }
    }
}
