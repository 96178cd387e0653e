package io.riacho.firehose.destination.opensearch;

import io.riacho.firehose.destination.BufferHints;
import io.riacho.firehose.destination.DeliveryStreamName;
import io.riacho.firehose.destination.Destination;
import io.riacho.firehose.destination.DestinationPlan;
import io.riacho.firehose.destination.DestinationType;
import io.riacho.firehose.destination.s3.S3Configurations;
import io.riacho.firehose.destination.web.WebDestinations;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.firehose.model.AmazonOpenSearchServerlessBufferingHints;
import software.amazon.awssdk.services.firehose.model.AmazonOpenSearchServerlessDestinationConfiguration;
import software.amazon.awssdk.services.firehose.model.AmazonOpenSearchServerlessRetryOptions;
import software.amazon.awssdk.services.firehose.model.AmazonOpenSearchServerlessS3BackupMode;

/**
 * Collections of OpenSearch Serverless, and clusters in their place.
 *
 * @see <a href="https://docs.aws.amazon.com/firehose/latest/APIReference/API_AmazonOpenSearchServerlessDestinationConfiguration.html">
 *     AmazonOpenSearchServerlessDestinationConfiguration</a>
 */
public final class ServerlessDestinationType
        implements DestinationType<AmazonOpenSearchServerlessDestinationConfiguration> {

    private final SearchDomains domains;

    public ServerlessDestinationType(SearchDomains domains) {
        this.domains = domains;
    }

    @Override
    public Class<AmazonOpenSearchServerlessDestinationConfiguration> configuration() {
        return AmazonOpenSearchServerlessDestinationConfiguration.class;
    }

    @Override
    public AmazonOpenSearchServerlessDestinationConfiguration complete(
            AmazonOpenSearchServerlessDestinationConfiguration given) {
        WebDestinations.refuseVpc(given.vpcConfiguration());
        domains.check(given.collectionEndpoint());
        IndexNames.check(given.indexName());
        BufferHints hints = hints(given.bufferingHints());
        AmazonOpenSearchServerlessRetryOptions retry = given.retryOptions();
        return given.toBuilder()
                .bufferingHints(AmazonOpenSearchServerlessBufferingHints.builder()
                        .sizeInMBs(WebDestinations.mebibytes(hints))
                        .intervalInSeconds(WebDestinations.seconds(hints))
                        .build())
                .retryOptions(AmazonOpenSearchServerlessRetryOptions.builder()
                        .durationInSeconds(
                                retry == null || retry.durationInSeconds() == null
                                        ? SearchDomains.RETRY_SECONDS
                                        : retry.durationInSeconds())
                        .build())
                .s3BackupMode(
                        given.s3BackupMode() == null
                                ? AmazonOpenSearchServerlessS3BackupMode.FAILED_DOCUMENTS_ONLY
                                : given.s3BackupMode())
                .s3Configuration(domains.bucket(given.s3Configuration()))
                .cloudWatchLoggingOptions(S3Configurations.logging(given.cloudWatchLoggingOptions()))
                .build();
    }

    private static BufferHints hints(@Nullable AmazonOpenSearchServerlessBufferingHints given) {
        return WebDestinations.hints(
                given == null ? null : given.sizeInMBs(),
                given == null ? null : given.intervalInSeconds(),
                SearchDomains.BUFFER_MEBIBYTES,
                SearchDomains.BUFFER_SECONDS);
    }

    @Override
    public DestinationPlan plan(AmazonOpenSearchServerlessDestinationConfiguration configuration) {
        return new DestinationPlan(
                hints(configuration.bufferingHints()),
                Duration.ofSeconds(configuration.retryOptions().durationInSeconds()),
                configuration.processingConfiguration(),
                configuration.s3Configuration(),
                configuration.s3BackupMode() == AmazonOpenSearchServerlessS3BackupMode.ALL_DOCUMENTS,
                "AmazonOpenSearchServerless-failed",
                false);
    }

    @Override
    public Destination open(
            DeliveryStreamName stream, AmazonOpenSearchServerlessDestinationConfiguration configuration) {
        return domains.open(
                stream,
                configuration.collectionEndpoint(),
                "aoss",
                new IndexNames(configuration.indexName(), "NoRotation"),
                true);
    }
}
