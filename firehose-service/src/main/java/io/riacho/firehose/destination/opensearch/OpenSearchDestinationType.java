package io.riacho.firehose.destination.opensearch;

import io.riacho.firehose.destination.BufferHints;
import io.riacho.firehose.destination.DeliveryStreamName;
import io.riacho.firehose.destination.Destination;
import io.riacho.firehose.destination.DestinationPlan;
import io.riacho.firehose.destination.DestinationType;
import io.riacho.firehose.destination.s3.S3Configurations;
import io.riacho.firehose.destination.web.WebDestinations;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.firehose.model.AmazonopensearchserviceBufferingHints;
import software.amazon.awssdk.services.firehose.model.AmazonopensearchserviceDestinationConfiguration;
import software.amazon.awssdk.services.firehose.model.AmazonopensearchserviceIndexRotationPeriod;
import software.amazon.awssdk.services.firehose.model.AmazonopensearchserviceRetryOptions;
import software.amazon.awssdk.services.firehose.model.AmazonopensearchserviceS3BackupMode;
import software.amazon.awssdk.services.firehose.model.DefaultDocumentIdFormat;
import software.amazon.awssdk.services.firehose.model.DocumentIdOptions;

/**
 * OpenSearch clusters.
 *
 * @see <a href="https://docs.aws.amazon.com/firehose/latest/APIReference/API_AmazonopensearchserviceDestinationConfiguration.html">
 *     AmazonopensearchserviceDestinationConfiguration</a>
 */
public final class OpenSearchDestinationType
        implements DestinationType<AmazonopensearchserviceDestinationConfiguration> {

    private static final DocumentIdOptions IDS = DocumentIdOptions.builder()
            .defaultDocumentIdFormat(DefaultDocumentIdFormat.FIREHOSE_DEFAULT)
            .build();

    private final SearchDomains domains;

    public OpenSearchDestinationType(SearchDomains domains) {
        this.domains = domains;
    }

    @Override
    public Class<AmazonopensearchserviceDestinationConfiguration> configuration() {
        return AmazonopensearchserviceDestinationConfiguration.class;
    }

    @Override
    public AmazonopensearchserviceDestinationConfiguration complete(
            AmazonopensearchserviceDestinationConfiguration given) {
        WebDestinations.refuseVpc(given.vpcConfiguration());
        domains.check(given.domainARN(), given.clusterEndpoint(), "ClusterEndpoint");
        IndexNames.check(given.indexName());
        SearchDomains.refuseType(given.typeName());
        BufferHints hints = hints(given.bufferingHints());
        AmazonopensearchserviceRetryOptions retry = given.retryOptions();
        return given.toBuilder()
                .indexRotationPeriod(
                        given.indexRotationPeriod() == null
                                ? AmazonopensearchserviceIndexRotationPeriod.ONE_DAY
                                : given.indexRotationPeriod())
                .bufferingHints(AmazonopensearchserviceBufferingHints.builder()
                        .sizeInMBs(WebDestinations.mebibytes(hints))
                        .intervalInSeconds(WebDestinations.seconds(hints))
                        .build())
                .retryOptions(AmazonopensearchserviceRetryOptions.builder()
                        .durationInSeconds(
                                retry == null || retry.durationInSeconds() == null
                                        ? SearchDomains.RETRY_SECONDS
                                        : retry.durationInSeconds())
                        .build())
                .documentIdOptions(Objects.requireNonNullElse(given.documentIdOptions(), IDS))
                .s3BackupMode(
                        given.s3BackupMode() == null
                                ? AmazonopensearchserviceS3BackupMode.FAILED_DOCUMENTS_ONLY
                                : given.s3BackupMode())
                .s3Configuration(domains.bucket(given.s3Configuration()))
                .cloudWatchLoggingOptions(S3Configurations.logging(given.cloudWatchLoggingOptions()))
                .build();
    }

    private static BufferHints hints(@Nullable AmazonopensearchserviceBufferingHints given) {
        return WebDestinations.hints(
                given == null ? null : given.sizeInMBs(),
                given == null ? null : given.intervalInSeconds(),
                SearchDomains.BUFFER_MEBIBYTES,
                SearchDomains.BUFFER_SECONDS);
    }

    @Override
    public DestinationPlan plan(AmazonopensearchserviceDestinationConfiguration configuration) {
        return new DestinationPlan(
                hints(configuration.bufferingHints()),
                Duration.ofSeconds(configuration.retryOptions().durationInSeconds()),
                configuration.processingConfiguration(),
                configuration.s3Configuration(),
                configuration.s3BackupMode() == AmazonopensearchserviceS3BackupMode.ALL_DOCUMENTS,
                "AmazonOpenSearchService-failed",
                false);
    }

    @Override
    public Destination open(DeliveryStreamName stream, AmazonopensearchserviceDestinationConfiguration configuration) {
        return domains.open(
                stream,
                configuration.domainARN() == null ? configuration.clusterEndpoint() : configuration.domainARN(),
                "es",
                new IndexNames(configuration.indexName(), configuration.indexRotationPeriodAsString()),
                configuration.documentIdOptions().defaultDocumentIdFormat()
                        == DefaultDocumentIdFormat.FIREHOSE_DEFAULT);
    }
}
