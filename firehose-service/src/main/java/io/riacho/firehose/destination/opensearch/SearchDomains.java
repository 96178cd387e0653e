package io.riacho.firehose.destination.opensearch;

import io.riacho.firehose.destination.DeliveryStreamName;
import io.riacho.firehose.destination.Destination;
import io.riacho.firehose.destination.s3.S3Configurations;
import io.riacho.firehose.destination.web.WebClient;
import io.riacho.firehose.destination.web.WebDestinations;
import io.riacho.firehose.destination.web.WebUrl;
import io.riacho.firehose.error.FirehoseErrors;
import java.net.URI;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.firehose.model.S3DestinationConfiguration;

/** What the kinds of search destinations share: the clusters and the way to them. Safe for use by many threads. */
public final class SearchDomains {

    static final int RETRY_SECONDS = 300;
    static final int BUFFER_MEBIBYTES = 5;
    static final int BUFFER_SECONDS = 300;

    private final WebClient web;
    private final S3Configurations buckets;
    private final SearchProperties properties;

    public SearchDomains(WebClient web, S3Configurations buckets, SearchProperties properties) {
        this.web = web;
        this.buckets = buckets;
        this.properties = properties;
    }

    S3DestinationConfiguration bucket(@Nullable S3DestinationConfiguration given) {
        return WebDestinations.bucket(buckets, given);
    }

    /** @throws io.riacho.protocol.AwsException InvalidArgumentException unless there is one that it is known where it is */
    void check(@Nullable String domainArn, @Nullable String endpoint, String endpointMember) {
        if ((domainArn == null) == (endpoint == null)) {
            throw FirehoseErrors.invalidArgument(
                    "Exactly one of DomainARN and " + endpointMember + " has to be specified");
        }
        if (endpoint != null) {
            URI unused = cluster(endpoint, endpointMember);
            return;
        }
        if (!properties.domains().containsKey(Objects.requireNonNull(domainArn))) {
            throw FirehoseErrors.invalidArgument("There is no domain " + domainArn
                    + ". Give its URL in the property riacho.firehose.opensearch.domains.[" + domainArn + "].url");
        }
    }

    /** @throws io.riacho.protocol.AwsException InvalidArgumentException where it is missing or no URL */
    void check(@Nullable String collectionEndpoint) {
        if (collectionEndpoint == null) {
            throw FirehoseErrors.invalidArgument("CollectionEndpoint must not be null");
        }
        URI unused = cluster(collectionEndpoint, "CollectionEndpoint");
    }

    static void refuseType(@Nullable String typeName) {
        if (typeName != null && !typeName.isEmpty()) {
            throw FirehoseErrors.invalidArgument(
                    "TypeName must be empty: OpenSearch, and Elasticsearch since version 7, have no types");
        }
    }

    private URI cluster(String key, String member) {
        SearchProperties.Domain domain = properties.domains().get(key);
        return domain == null || domain.url() == null ? WebUrl.parse(key, member) : domain.url();
    }

    /** @param service as signatures name it: {@code es} or {@code aoss} */
    Destination open(DeliveryStreamName stream, String key, String service, IndexNames names, boolean withIds) {
        SearchProperties.Domain domain = properties.domains().get(key);
        URI cluster = cluster(key, "ClusterEndpoint");
        return new SearchDestination(
                web.peer(properties.timeout()),
                new IndexTarget(
                        stream.name(),
                        cluster,
                        domain == null ? (_, _, _) -> {} : SearchAuth.of(domain, service, stream.region()),
                        names,
                        withIds,
                        service.equals("es") ? "es" : "os"));
    }
}
