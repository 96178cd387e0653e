package io.riacho.consumers.kcl;

import io.riacho.consumers.journal.Journal;
import io.riacho.consumers.journal.StandardInput;
import java.net.URI;
import java.nio.file.Path;
import java.util.function.UnaryOperator;
import software.amazon.awssdk.services.cloudwatch.CloudWatchAsyncClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;
import software.amazon.awssdk.services.kinesis.KinesisAsyncClient;
import software.amazon.kinesis.common.ConfigsBuilder;
import software.amazon.kinesis.common.InitialPositionInStream;
import software.amazon.kinesis.common.InitialPositionInStreamExtended;
import software.amazon.kinesis.common.KinesisClientUtil;
import software.amazon.kinesis.coordinator.Scheduler;
import software.amazon.kinesis.leases.LeaseManagementConfig;
import software.amazon.kinesis.processor.SingleStreamTracker;
import software.amazon.kinesis.retrieval.RetrievalConfig;
import software.amazon.kinesis.retrieval.polling.PollingConfig;

/**
 * Works until its standard input ends. Credentials and region come from the environment, metrics go where KCL sends them by default.
 * Times that would make an application notice a change after tens of seconds are shorter than KCL's.
 */
public final class Consumer {

    private static final int FAILOVER_MILLISECONDS = 3_000;

    private Consumer() {}

    /** Arguments: endpoint, stream, application, {@code polling} or {@code fan-out}, file of the journal, name of the worker. */
    public static void main(String[] arguments) {
        run(arguments, UnaryOperator.identity());
    }

    /** @param leases settings of leases that this version of KCL has, but version 2 has not */
    public static void run(String[] arguments, UnaryOperator<LeaseManagementConfig> leases) {
        if (arguments.length != 6) {
            throw new IllegalArgumentException("Arguments: endpoint stream application polling|fan-out journal worker");
        }
        URI endpoint = URI.create(arguments[0]);
        String stream = arguments[1];
        KinesisAsyncClient kinesis = KinesisClientUtil.createKinesisAsyncClient(
                KinesisAsyncClient.builder().endpointOverride(endpoint));
        try (Journal journal = Journal.openedAt(Path.of(arguments[4]));
                DynamoDbAsyncClient dynamo =
                        DynamoDbAsyncClient.builder().endpointOverride(endpoint).build();
                CloudWatchAsyncClient cloudWatch = CloudWatchAsyncClient.builder()
                        .endpointOverride(endpoint)
                        .build();
                kinesis) {
            ConfigsBuilder configs = new ConfigsBuilder(
                    new SingleStreamTracker(
                            stream,
                            InitialPositionInStreamExtended.newInitialPosition(InitialPositionInStream.TRIM_HORIZON)),
                    arguments[2],
                    kinesis,
                    dynamo,
                    cloudWatch,
                    arguments[5],
                    () -> new JournalingProcessor(journal));
            Scheduler scheduler = new Scheduler(
                    configs.checkpointConfig(),
                    configs.coordinatorConfig()
                            .parentShardPollIntervalMillis(500)
                            .shardConsumerDispatchPollIntervalMillis(200),
                    leases.apply(configs.leaseManagementConfig()
                            .failoverTimeMillis(FAILOVER_MILLISECONDS)
                            .shardSyncIntervalMillis(500)
                            .maxLeasesToStealAtOneTime(4)
                            .leasesRecoveryAuditorExecutionFrequencyMillis(5_000)),
                    configs.lifecycleConfig(),
                    configs.metricsConfig(),
                    configs.processorConfig(),
                    retrieval(configs.retrievalConfig(), arguments[3], stream, kinesis));
            StandardInput.whenClosed(scheduler::startGracefulShutdown);
            scheduler.run();
        }
        System.exit(0);
    }

    /** Fan-out is KCL's own choice, so that nothing is set for it. */
    private static RetrievalConfig retrieval(
            RetrievalConfig config, String mode, String stream, KinesisAsyncClient kinesis) {
        return switch (mode) {
            case "fan-out" -> config;
            case "polling" ->
                config.retrievalSpecificConfig(new PollingConfig(stream, kinesis).idleTimeBetweenReadsInMillis(500));
            default -> throw new IllegalArgumentException("polling or fan-out, not " + mode);
        };
    }
}
