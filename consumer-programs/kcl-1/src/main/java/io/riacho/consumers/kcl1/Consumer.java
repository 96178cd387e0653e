package io.riacho.consumers.kcl1;

import com.amazonaws.auth.DefaultAWSCredentialsProviderChain;
import com.amazonaws.client.builder.AwsClientBuilder.EndpointConfiguration;
import com.amazonaws.services.cloudwatch.AmazonCloudWatchClientBuilder;
import com.amazonaws.services.kinesis.clientlibrary.interfaces.v2.IRecordProcessorFactory;
import com.amazonaws.services.kinesis.clientlibrary.lib.worker.InitialPositionInStream;
import com.amazonaws.services.kinesis.clientlibrary.lib.worker.KinesisClientLibConfiguration;
import com.amazonaws.services.kinesis.clientlibrary.lib.worker.Worker;
import io.riacho.consumers.journal.Journal;
import io.riacho.consumers.journal.StandardInput;
import java.nio.file.Path;

/**
 * Works until its standard input ends. Credentials and region come from the environment, metrics go where KCL sends them by default.
 * Times that would make an application notice a change after tens of seconds are shorter than KCL's.
 */
public final class Consumer {

    private Consumer() {}

    /** Arguments: endpoint, stream, application, {@code polling}, file of the journal, name of the worker. */
    public static void main(String[] arguments) {
        if (arguments.length != 6 || !arguments[3].equals("polling")) {
            throw new IllegalArgumentException("Arguments: endpoint stream application polling journal worker");
        }
        String endpoint = arguments[0];
        String region = System.getenv("AWS_REGION");
        try (Journal journal = Journal.openedAt(Path.of(arguments[4]))) {
            KinesisClientLibConfiguration configuration = new KinesisClientLibConfiguration(
                            arguments[2], arguments[1], new DefaultAWSCredentialsProviderChain(), arguments[5])
                    .withRegionName(region)
                    .withKinesisEndpoint(endpoint)
                    .withDynamoDBEndpoint(endpoint)
                    .withInitialPositionInStream(InitialPositionInStream.TRIM_HORIZON)
                    .withFailoverTimeMillis(3_000)
                    .withShardSyncIntervalMillis(500)
                    .withMaxLeasesToStealAtOneTime(4)
                    .withIdleTimeBetweenReadsInMillis(500)
                    .withParentShardPollIntervalMillis(500)
                    .withLeasesRecoveryAuditorExecutionFrequencyMillis(5_000);
            IRecordProcessorFactory processors = () -> new JournalingProcessor(journal);
            Worker worker = new Worker.Builder()
                    .recordProcessorFactory(processors)
                    .config(configuration)
                    .cloudWatchClient(AmazonCloudWatchClientBuilder.standard()
                            .withEndpointConfiguration(new EndpointConfiguration(endpoint, region))
                            .build())
                    .build();
            StandardInput.whenClosed(worker::startGracefulShutdown);
            worker.run();
        }
        System.exit(0);
    }
}
