package io.riacho.consumers.flink;

import io.riacho.consumers.journal.Journal;
import io.riacho.consumers.journal.StandardInput;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Properties;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.ExternalizedCheckpointRetention;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.configuration.StateRecoveryOptions;
import org.apache.flink.core.execution.CheckpointingMode;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.core.execution.SavepointFormatType;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.connectors.kinesis.FlinkKinesisConsumer;
import org.apache.flink.streaming.connectors.kinesis.config.AWSConfigConstants;
import org.apache.flink.streaming.connectors.kinesis.config.ConsumerConfigConstants;

/**
 * Counts a stream's records under each key, on a Flink cluster inside this process. When its standard input ends, the job stops with
 * a savepoint. Credentials come from the environment.
 *
 * <p>The journal has a line {@code counted} for each record, see {@link TimesCounted}, and says where the savepoint is: {@code
 * savepoint}, and its path.
 */
public final class CountingJob {

    private static final int PARALLELISM = 2;

    private CountingJob() {}

    /**
     * Arguments: endpoint, stream, {@code polling} or {@code fan-out}, file of the journal, folder for checkpoints and savepoints, and,
     * if the job is to go on from one of these, its path.
     */
    public static void main(String[] arguments) throws Exception {
        if (arguments.length < 5 || arguments.length > 6) {
            throw new IllegalArgumentException("Arguments: endpoint stream polling|fan-out journal folder [from]");
        }
        Path file = Path.of(arguments[3]);
        String folder = Path.of(arguments[4]).toUri().toString();
        Configuration configuration = configuration(folder);
        if (arguments.length == 6) {
            configuration.set(StateRecoveryOptions.SAVEPOINT_PATH, arguments[5]);
        }
        StreamExecutionEnvironment environment =
                StreamExecutionEnvironment.createLocalEnvironment(PARALLELISM, configuration);
        environment
                .addSource(new FlinkKinesisConsumer<>(
                        arguments[1], new PositionedSchema(), connector(arguments[0], arguments[2])))
                .uid("stream")
                .keyBy(new PartitionKey(), Types.STRING)
                .process(new TimesCounted())
                .uid("counts")
                .addSink(new JournalSink(file.toString()))
                .uid("journal");
        JobClient job = environment.executeAsync("counts");
        job.getJobExecutionResult().whenComplete((result, failure) -> {
            if (failure != null) {
                failure.printStackTrace();
                Runtime.getRuntime().halt(1);
            }
        });
        CountDownLatch end = new CountDownLatch(1);
        StandardInput.whenClosed(() -> {
            stop(job, folder, file);
            end.countDown();
        });
        end.await();
        System.exit(0);
    }

    private static void stop(JobClient job, String folder, Path file) {
        try (Journal journal = Journal.openedAt(file)) {
            journal.note(
                    "savepoint",
                    job.stopWithSavepoint(false, folder, SavepointFormatType.CANONICAL)
                            .get());
        } catch (ExecutionException e) {
            e.printStackTrace();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static Configuration configuration(String folder) {
        Configuration configuration = new Configuration();
        configuration.set(CheckpointingOptions.CHECKPOINTS_DIRECTORY, folder);
        configuration.set(CheckpointingOptions.CHECKPOINTING_INTERVAL, Duration.ofMillis(500));
        configuration.set(CheckpointingOptions.CHECKPOINTING_CONSISTENCY_MODE, CheckpointingMode.EXACTLY_ONCE);
        configuration.set(
                CheckpointingOptions.EXTERNALIZED_CHECKPOINT_RETENTION,
                ExternalizedCheckpointRetention.RETAIN_ON_CANCELLATION);
        configuration.set(RestartStrategyOptions.RESTART_STRATEGY, "none");
        return configuration;
    }

    /** As it is by default, but for how often it looks for new shards: each second, not every ten. */
    private static Properties connector(String endpoint, String mode) {
        Properties properties = new Properties();
        properties.setProperty(AWSConfigConstants.AWS_REGION, System.getenv("AWS_REGION"));
        properties.setProperty(AWSConfigConstants.AWS_ENDPOINT, endpoint);
        properties.setProperty(ConsumerConfigConstants.STREAM_INITIAL_POSITION, "TRIM_HORIZON");
        properties.setProperty(ConsumerConfigConstants.SHARD_DISCOVERY_INTERVAL_MILLIS, "1000");
        switch (mode) {
            case "polling" -> {}
            case "fan-out" -> {
                properties.setProperty(ConsumerConfigConstants.RECORD_PUBLISHER_TYPE, "EFO");
                properties.setProperty(ConsumerConfigConstants.EFO_REGISTRATION_TYPE, "LAZY");
                properties.setProperty(ConsumerConfigConstants.EFO_CONSUMER_NAME, "flink");
            }
            default -> throw new IllegalArgumentException("polling or fan-out, not " + mode);
        }
        return properties;
    }
}
