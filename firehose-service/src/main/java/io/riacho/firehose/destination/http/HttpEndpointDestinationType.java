package io.riacho.firehose.destination.http;

import io.riacho.firehose.destination.BufferHints;
import io.riacho.firehose.destination.DeliveryStreamName;
import io.riacho.firehose.destination.Destination;
import io.riacho.firehose.destination.DestinationPlan;
import io.riacho.firehose.destination.DestinationType;
import io.riacho.firehose.destination.s3.S3Configurations;
import io.riacho.firehose.destination.web.WebClient;
import io.riacho.firehose.destination.web.WebDestinations;
import io.riacho.firehose.destination.web.WebUrl;
import io.riacho.firehose.error.FirehoseErrors;
import java.net.URI;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.firehose.model.ContentEncoding;
import software.amazon.awssdk.services.firehose.model.HttpEndpointBufferingHints;
import software.amazon.awssdk.services.firehose.model.HttpEndpointCommonAttribute;
import software.amazon.awssdk.services.firehose.model.HttpEndpointConfiguration;
import software.amazon.awssdk.services.firehose.model.HttpEndpointDestinationConfiguration;
import software.amazon.awssdk.services.firehose.model.HttpEndpointRequestConfiguration;
import software.amazon.awssdk.services.firehose.model.HttpEndpointRetryOptions;
import software.amazon.awssdk.services.firehose.model.HttpEndpointS3BackupMode;

/**
 * HTTP endpoints.
 *
 * @see <a href="https://docs.aws.amazon.com/firehose/latest/APIReference/API_HttpEndpointDestinationConfiguration.html">
 *     HttpEndpointDestinationConfiguration</a>
 */
public final class HttpEndpointDestinationType implements DestinationType<HttpEndpointDestinationConfiguration> {

    /** For how long an endpoint is waited for, as AWS does. */
    public static final Duration TIMEOUT = Duration.ofMinutes(3);

    private static final int RETRY_SECONDS = 300;
    private static final int BUFFER_MEBIBYTES = 5;
    private static final int BUFFER_SECONDS = 300;

    private final WebClient web;
    private final S3Configurations buckets;
    private final Map<String, URI> endpoints;
    private final Duration timeout;

    /** @param endpoints where the URLs of configurations really are, such as behind plain HTTP, which the API does not allow */
    public HttpEndpointDestinationType(
            WebClient web, S3Configurations buckets, Map<String, URI> endpoints, Duration timeout) {
        this.web = web;
        this.buckets = buckets;
        this.endpoints = Map.copyOf(endpoints);
        this.timeout = timeout;
    }

    @Override
    public Class<HttpEndpointDestinationConfiguration> configuration() {
        return HttpEndpointDestinationConfiguration.class;
    }

    @Override
    public HttpEndpointDestinationConfiguration complete(HttpEndpointDestinationConfiguration given) {
        WebDestinations.refuseSecretsManager(given.secretsManagerConfiguration(), "EndpointConfiguration.AccessKey");
        HttpEndpointConfiguration endpoint = given.endpointConfiguration();
        if (endpoint == null || endpoint.url() == null) {
            throw FirehoseErrors.invalidArgument("EndpointConfiguration.Url must not be null");
        }
        URI unused = WebUrl.parse(endpoint.url(), "EndpointConfiguration.Url");
        WebDestinations.requireHeader(accessKey(endpoint), "EndpointConfiguration.AccessKey");
        HttpEndpointRetryOptions retry = given.retryOptions();
        BufferHints hints = hints(given.bufferingHints());
        return given.toBuilder()
                .bufferingHints(HttpEndpointBufferingHints.builder()
                        .sizeInMBs(WebDestinations.mebibytes(hints))
                        .intervalInSeconds(WebDestinations.seconds(hints))
                        .build())
                .requestConfiguration(request(given.requestConfiguration()))
                .retryOptions(HttpEndpointRetryOptions.builder()
                        .durationInSeconds(
                                retry == null || retry.durationInSeconds() == null
                                        ? RETRY_SECONDS
                                        : retry.durationInSeconds())
                        .build())
                .s3BackupMode(
                        given.s3BackupMode() == null ? HttpEndpointS3BackupMode.FAILED_DATA_ONLY : given.s3BackupMode())
                .s3Configuration(WebDestinations.bucket(buckets, given.s3Configuration()))
                .cloudWatchLoggingOptions(S3Configurations.logging(given.cloudWatchLoggingOptions()))
                .build();
    }

    private static String accessKey(HttpEndpointConfiguration endpoint) {
        return Objects.requireNonNullElse(endpoint.accessKey(), "");
    }

    private static BufferHints hints(@Nullable HttpEndpointBufferingHints given) {
        return WebDestinations.hints(
                given == null ? null : given.sizeInMBs(),
                given == null ? null : given.intervalInSeconds(),
                BUFFER_MEBIBYTES,
                BUFFER_SECONDS);
    }

    private static HttpEndpointRequestConfiguration request(@Nullable HttpEndpointRequestConfiguration given) {
        List<HttpEndpointCommonAttribute> attributes = given == null ? List.of() : given.commonAttributes();
        Set<String> names = new HashSet<>();
        for (HttpEndpointCommonAttribute attribute : attributes) {
            if (!names.add(attribute.attributeName())) {
                throw FirehoseErrors.invalidArgument(
                        "RequestConfiguration.CommonAttributes has two attributes of one name");
            }
        }
        return HttpEndpointRequestConfiguration.builder()
                .contentEncoding(
                        given == null || given.contentEncoding() == null
                                ? ContentEncoding.NONE
                                : given.contentEncoding())
                .commonAttributes(attributes)
                .build();
    }

    @Override
    public DestinationPlan plan(HttpEndpointDestinationConfiguration configuration) {
        return new DestinationPlan(
                hints(configuration.bufferingHints()),
                Duration.ofSeconds(configuration.retryOptions().durationInSeconds()),
                configuration.processingConfiguration(),
                configuration.s3Configuration(),
                configuration.s3BackupMode() == HttpEndpointS3BackupMode.ALL_DATA,
                "http-endpoint-failed",
                false);
    }

    @Override
    public Destination open(DeliveryStreamName stream, HttpEndpointDestinationConfiguration configuration) {
        HttpEndpointConfiguration endpoint = configuration.endpointConfiguration();
        HttpEndpointRequestConfiguration request = configuration.requestConfiguration();
        return new HttpEndpointDestination(
                web.peer(timeout),
                WebUrl.mapped(endpoint.url(), endpoints, "EndpointConfiguration.Url"),
                new EndpointHeaders(stream.arn(), accessKey(endpoint), request.commonAttributes()),
                request.contentEncoding() == ContentEncoding.GZIP);
    }
}
