package io.riacho.firehose.destination.splunk;

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
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.firehose.model.HECEndpointType;
import software.amazon.awssdk.services.firehose.model.SplunkBufferingHints;
import software.amazon.awssdk.services.firehose.model.SplunkDestinationConfiguration;
import software.amazon.awssdk.services.firehose.model.SplunkRetryOptions;
import software.amazon.awssdk.services.firehose.model.SplunkS3BackupMode;

/**
 * Splunk.
 *
 * @see <a href="https://docs.aws.amazon.com/firehose/latest/APIReference/API_SplunkDestinationConfiguration.html">
 *     SplunkDestinationConfiguration</a>
 */
public final class SplunkDestinationType implements DestinationType<SplunkDestinationConfiguration> {

    /** For how long the answer to each request is waited for. */
    public static final Duration TIMEOUT = Duration.ofMinutes(1);

    private static final int ACK_SECONDS = 180;
    private static final int RETRY_SECONDS = 3600;
    private static final int BUFFER_MEBIBYTES = 5;
    private static final int BUFFER_SECONDS = 60;

    private final WebClient web;
    private final S3Configurations buckets;
    private final Duration timeout;

    public SplunkDestinationType(WebClient web, S3Configurations buckets, Duration timeout) {
        this.web = web;
        this.buckets = buckets;
        this.timeout = timeout;
    }

    @Override
    public Class<SplunkDestinationConfiguration> configuration() {
        return SplunkDestinationConfiguration.class;
    }

    @Override
    public SplunkDestinationConfiguration complete(SplunkDestinationConfiguration given) {
        WebDestinations.refuseSecretsManager(given.secretsManagerConfiguration(), "HECToken");
        URI endpoint = WebUrl.parse(Objects.requireNonNullElse(given.hecEndpoint(), ""), "HECEndpoint");
        if (endpoint.getRawQuery() != null) {
            throw FirehoseErrors.invalidArgument("HECEndpoint must not have a query");
        }
        if (given.hecEndpointType() == null || given.hecEndpointType() == HECEndpointType.UNKNOWN_TO_SDK_VERSION) {
            throw FirehoseErrors.invalidArgument("HECEndpointType has to be Raw or Event");
        }
        String token = Objects.requireNonNullElse(given.hecToken(), "");
        if (token.isBlank()) {
            throw FirehoseErrors.invalidArgument("HECToken must not be empty");
        }
        WebDestinations.requireHeader(token, "HECToken");
        BufferHints hints = hints(given.bufferingHints());
        SplunkRetryOptions retry = given.retryOptions();
        return given.toBuilder()
                .hecAcknowledgmentTimeoutInSeconds(
                        Objects.requireNonNullElse(given.hecAcknowledgmentTimeoutInSeconds(), ACK_SECONDS))
                .bufferingHints(SplunkBufferingHints.builder()
                        .sizeInMBs(WebDestinations.mebibytes(hints))
                        .intervalInSeconds(WebDestinations.seconds(hints))
                        .build())
                .retryOptions(SplunkRetryOptions.builder()
                        .durationInSeconds(
                                retry == null || retry.durationInSeconds() == null
                                        ? RETRY_SECONDS
                                        : retry.durationInSeconds())
                        .build())
                .s3BackupMode(
                        given.s3BackupMode() == null ? SplunkS3BackupMode.FAILED_EVENTS_ONLY : given.s3BackupMode())
                .s3Configuration(WebDestinations.bucket(buckets, given.s3Configuration()))
                .cloudWatchLoggingOptions(S3Configurations.logging(given.cloudWatchLoggingOptions()))
                .build();
    }

    private static BufferHints hints(@Nullable SplunkBufferingHints given) {
        return WebDestinations.hints(
                given == null ? null : given.sizeInMBs(),
                given == null ? null : given.intervalInSeconds(),
                BUFFER_MEBIBYTES,
                BUFFER_SECONDS);
    }

    @Override
    public DestinationPlan plan(SplunkDestinationConfiguration configuration) {
        return new DestinationPlan(
                hints(configuration.bufferingHints()),
                Duration.ofSeconds(configuration.retryOptions().durationInSeconds()),
                configuration.processingConfiguration(),
                configuration.s3Configuration(),
                configuration.s3BackupMode() == SplunkS3BackupMode.ALL_EVENTS,
                "splunk-failed",
                false);
    }

    @Override
    public Destination open(DeliveryStreamName stream, SplunkDestinationConfiguration configuration) {
        boolean raw = configuration.hecEndpointType() == HECEndpointType.RAW;
        UUID channel = UUID.nameUUIDFromBytes(stream.arn().getBytes(StandardCharsets.UTF_8));
        Collector collector = new Collector(
                web.peer(timeout),
                WebUrl.parse(configuration.hecEndpoint(), "HECEndpoint"),
                configuration.hecToken(),
                channel);
        return new SplunkDestination(
                collector, raw, Duration.ofSeconds(configuration.hecAcknowledgmentTimeoutInSeconds()));
    }
}
