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
import software.amazon.awssdk.services.firehose.model.DefaultDocumentIdFormat;
import software.amazon.awssdk.services.firehose.model.DocumentIdOptions;
import software.amazon.awssdk.services.firehose.model.ElasticsearchBufferingHints;
import software.amazon.awssdk.services.firehose.model.ElasticsearchDestinationConfiguration;
import software.amazon.awssdk.services.firehose.model.ElasticsearchIndexRotationPeriod;
import software.amazon.awssdk.services.firehose.model.ElasticsearchRetryOptions;
import software.amazon.awssdk.services.firehose.model.ElasticsearchS3BackupMode;

/**
 * Elasticsearch clusters, of version 7 or later.
 *
 * @see <a href="https://docs.aws.amazon.com/firehose/latest/APIReference/API_ElasticsearchDestinationConfiguration.html">
 *     ElasticsearchDestinationConfiguration</a>
 */
public final class ElasticsearchDestinationType implements DestinationType<ElasticsearchDestinationConfiguration> {

    private static final DocumentIdOptions IDS = DocumentIdOptions.builder()
            .defaultDocumentIdFormat(DefaultDocumentIdFormat.FIREHOSE_DEFAULT)
            .build();

    private final SearchDomains domains;

    public ElasticsearchDestinationType(SearchDomains domains) {
        this.domains = domains;
    }

    @Override
    public Class<ElasticsearchDestinationConfiguration> configuration() {
        return ElasticsearchDestinationConfiguration.class;
    }

    @Override
    public ElasticsearchDestinationConfiguration complete(ElasticsearchDestinationConfiguration given) {
        WebDestinations.refuseVpc(given.vpcConfiguration());
        domains.check(given.domainARN(), given.clusterEndpoint(), "ClusterEndpoint");
        IndexNames.check(given.indexName());
        SearchDomains.refuseType(given.typeName());
        BufferHints hints = hints(given.bufferingHints());
        ElasticsearchRetryOptions retry = given.retryOptions();
        return given.toBuilder()
                .indexRotationPeriod(
                        given.indexRotationPeriod() == null
                                ? ElasticsearchIndexRotationPeriod.ONE_DAY
                                : given.indexRotationPeriod())
                .bufferingHints(ElasticsearchBufferingHints.builder()
                        .sizeInMBs(WebDestinations.mebibytes(hints))
                        .intervalInSeconds(WebDestinations.seconds(hints))
                        .build())
                .retryOptions(ElasticsearchRetryOptions.builder()
                        .durationInSeconds(
                                retry == null || retry.durationInSeconds() == null
                                        ? SearchDomains.RETRY_SECONDS
                                        : retry.durationInSeconds())
                        .build())
                .documentIdOptions(Objects.requireNonNullElse(given.documentIdOptions(), IDS))
                .s3BackupMode(
                        given.s3BackupMode() == null
                                ? ElasticsearchS3BackupMode.FAILED_DOCUMENTS_ONLY
                                : given.s3BackupMode())
                .s3Configuration(domains.bucket(given.s3Configuration()))
                .cloudWatchLoggingOptions(S3Configurations.logging(given.cloudWatchLoggingOptions()))
                .build();
    }

    private static BufferHints hints(@Nullable ElasticsearchBufferingHints given) {
        return WebDestinations.hints(
                given == null ? null : given.sizeInMBs(),
                given == null ? null : given.intervalInSeconds(),
                SearchDomains.BUFFER_MEBIBYTES,
                SearchDomains.BUFFER_SECONDS);
    }

    @Override
    public DestinationPlan plan(ElasticsearchDestinationConfiguration configuration) {
        return new DestinationPlan(
                hints(configuration.bufferingHints()),
                Duration.ofSeconds(configuration.retryOptions().durationInSeconds()),
                configuration.processingConfiguration(),
                configuration.s3Configuration(),
                configuration.s3BackupMode() == ElasticsearchS3BackupMode.ALL_DOCUMENTS,
                "elasticsearch-failed",
                false);
    }

    @Override
    public Destination open(DeliveryStreamName stream, ElasticsearchDestinationConfiguration configuration) {
        return domains.open(
                stream,
                configuration.domainARN() == null ? configuration.clusterEndpoint() : configuration.domainARN(),
                "es",
                new IndexNames(configuration.indexName(), configuration.indexRotationPeriodAsString()),
                configuration.documentIdOptions().defaultDocumentIdFormat()
                        == DefaultDocumentIdFormat.FIREHOSE_DEFAULT);
    }
}
