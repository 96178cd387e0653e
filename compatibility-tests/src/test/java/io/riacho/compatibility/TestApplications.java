package io.riacho.compatibility;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.iam.model.EntityAlreadyExistsException;
import software.amazon.awssdk.services.kinesisanalyticsv2.KinesisAnalyticsV2Client;
import software.amazon.awssdk.services.kinesisanalyticsv2.model.ApplicationConfiguration;
import software.amazon.awssdk.services.kinesisanalyticsv2.model.ApplicationDetail;
import software.amazon.awssdk.services.kinesisanalyticsv2.model.ApplicationStatus;
import software.amazon.awssdk.services.kinesisanalyticsv2.model.CodeContentType;
import software.amazon.awssdk.services.kinesisanalyticsv2.model.ConfigurationType;
import software.amazon.awssdk.services.kinesisanalyticsv2.model.InputStartingPosition;
import software.amazon.awssdk.services.kinesisanalyticsv2.model.Output;
import software.amazon.awssdk.services.kinesisanalyticsv2.model.RecordColumn;
import software.amazon.awssdk.services.kinesisanalyticsv2.model.RecordFormatType;
import software.amazon.awssdk.services.kinesisanalyticsv2.model.ResourceInUseException;
import software.amazon.awssdk.services.kinesisanalyticsv2.model.ResourceNotFoundException;
import software.amazon.awssdk.services.kinesisanalyticsv2.model.RuntimeEnvironment;

/**
 * The applications of one test: made with names of their own, and deleted at its end. They read what a {@link NumberedWriter} writes.
 * Set-up and clean-up, not what is tested.
 */
final class TestApplications implements AutoCloseable {

    static final String SERVICE = "kinesisanalytics.amazonaws.com";

    private static final String ROLE_NAME = "computer";
    private static final String OUTPUT = "DESTINATION_SQL_STREAM";

    /** May read and write every stream and delivery stream. */
    static final String ROLE = "arn:aws:iam::" + Target.ACCOUNT + ":role/" + ROLE_NAME;

    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final KinesisAnalyticsV2Client client;
    private final RawClient rest;
    private final List<String> names = new ArrayList<>();

    TestApplications(Target target) {
        this.client = JavaClients.analytics(target);
        this.rest = new RawClient(target);
        try (IamClient iam = JavaClients.iam(target)) {
            try {
                iam.createRole(
                        role -> role.roleName(ROLE_NAME).assumeRolePolicyDocument(Policies.trustService(SERVICE)));
            } catch (EntityAlreadyExistsException e) {
                // Another test has made it.
            }
            iam.putRolePolicy(put -> put.roleName(ROLE_NAME)
                    .policyName("streams")
                    .policyDocument(Policies.document(
                            "{\"Effect\":\"Allow\",\"Action\":[\"kinesis:*\",\"firehose:*\"],\"Resource\":\"*\"}")));
        }
    }

    KinesisAnalyticsV2Client client() {
        return client;
    }

    /**
     * An application of the dialect that counts, of each key in every second by ROWTIME: see {@link WindowRow}.
     *
     * @param comment at the end of its code
     */
    static String windowsOfTheDialect(String comment) {
        return """
                CREATE OR REPLACE STREAM "DESTINATION_SQL_STREAM" (
                  event_key VARCHAR(16), amount BIGINT, total BIGINT, low INTEGER, high INTEGER);
                CREATE OR REPLACE PUMP "STREAM_PUMP" AS INSERT INTO "DESTINATION_SQL_STREAM"
                  SELECT STREAM event_key, COUNT(*), SUM(num), MIN(num), MAX(num) FROM "SOURCE_SQL_STREAM_001"
                  GROUP BY event_key, STEP("SOURCE_SQL_STREAM_001".ROWTIME BY INTERVAL '1' SECOND);
                --""" + " " + comment;
    }

    /**
     * Flink SQL that counts, of each key in every second of the time at which records arrived in the stream: see {@link WindowRow}.
     *
     * @param reader how the stream is read, in quotes, and whatever options follow from that
     */
    static String windowsOfFlink(String inputArn, String outputArn, String reader) {
        return """
                CREATE TABLE events (
                  `key` STRING, `number` INT, arrival TIMESTAMP_LTZ(3) METADATA FROM 'timestamp' VIRTUAL,
                  WATERMARK FOR arrival AS arrival
                ) WITH ('connector' = 'kinesis', 'stream.arn' = '%s', 'source.init.position' = 'TRIM_HORIZON',
                  'format' = 'json', 'source.reader.type' = %s);
                CREATE TABLE windows (`second` STRING, event_key STRING, amount BIGINT, total BIGINT, low INT, high INT)
                WITH ('connector' = 'kinesis', 'stream.arn' = '%s', 'format' = 'json');
                INSERT INTO windows
                SELECT CAST(window_start AS STRING), `key`, COUNT(*), SUM(`number`), MIN(`number`), MAX(`number`)
                FROM TUMBLE(TABLE events, DESCRIPTOR(arrival), INTERVAL '1' SECOND)
                GROUP BY window_start, window_end, `key`;
                """.formatted(inputArn, reader, outputArn);
    }

    /** One of the dialect, which has not run yet, from a stream to a stream. */
    String create(String code, String inputArn, String outputArn) {
        return create(
                code,
                inputArn,
                ROLE,
                output -> output.kinesisStreamsOutput(stream -> stream.resourceARN(outputArn))
                        .destinationSchema(schema -> schema.recordFormatType(RecordFormatType.JSON)));
    }

    String create(String code, String inputArn, String role, Consumer<Output.Builder> output) {
        return create(
                RuntimeEnvironment.SQL_1_0,
                role,
                configuration -> configuration
                        .applicationCodeConfiguration(given -> given.codeContentType(CodeContentType.PLAINTEXT)
                                .codeContent(content -> content.textContent(code)))
                        .sqlApplicationConfiguration(sql -> sql.inputs(input -> input.namePrefix("SOURCE_SQL_STREAM")
                                        .kinesisStreamsInput(stream -> stream.resourceARN(inputArn))
                                        .inputSchema(schema -> schema.recordFormat(
                                                        format -> format.recordFormatType(RecordFormatType.JSON))
                                                .recordColumns(
                                                        column("EVENT_KEY", "$.key", "VARCHAR(16)"),
                                                        column("NUM", "$.number", "INTEGER"))))
                                .outputs(Output.builder()
                                        .name(OUTPUT)
                                        .applyMutation(output)
                                        .build())));
    }

    /**
     * One of Flink SQL, which has not run yet.
     *
     * @param checkpointMillis between two checkpoints
     */
    String createFlink(String code, int parallelism, long checkpointMillis) {
        return create(
                RuntimeEnvironment.FLINK_1_20,
                ROLE,
                configuration -> configuration
                        .applicationCodeConfiguration(given -> given.codeContentType(CodeContentType.PLAINTEXT)
                                .codeContent(content -> content.textContent(code)))
                        .flinkApplicationConfiguration(flink -> flink.checkpointConfiguration(checkpoints -> checkpoints
                                        .configurationType(ConfigurationType.CUSTOM)
                                        .checkpointingEnabled(true)
                                        .checkpointInterval(checkpointMillis)
                                        .minPauseBetweenCheckpoints(100L))
                                .parallelismConfiguration(
                                        parallel -> parallel.configurationType(ConfigurationType.CUSTOM)
                                                .parallelism(parallelism)
                                                .autoScalingEnabled(false))));
    }

    private String create(
            RuntimeEnvironment runtime, String role, UnaryOperator<ApplicationConfiguration.Builder> configuration) {
        String name = "compatibility-" + UUID.randomUUID().toString().substring(0, 13);
        names.add(name);
        client.createApplication(request -> request.applicationName(name)
                .runtimeEnvironment(runtime)
                .serviceExecutionRole(role)
                .applicationConfiguration(
                        configuration.apply(ApplicationConfiguration.builder()).build()));
        return name;
    }

    private static RecordColumn column(String name, String mapping, String type) {
        return RecordColumn.builder().name(name).mapping(mapping).sqlType(type).build();
    }

    /** Asks one of the dialect to read all that its stream has. */
    void startFromTrimHorizon(String name) {
        client.startApplication(request -> request.applicationName(name)
                .runConfiguration(run -> run.sqlRunConfigurations(input -> input.inputId("1.1")
                        .inputStartingPositionConfiguration(
                                position -> position.inputStartingPosition(InputStartingPosition.TRIM_HORIZON)))));
    }

    /** Asks it to go on, or to begin as its code says. */
    void start(String name) {
        client.startApplication(request -> request.applicationName(name));
    }

    /** Once the reason is gone why it failed: a start that failed again and again was given up, what ran before goes on by itself. */
    void goOn(String name) {
        Pause.until(name + " runs, or was given up", PATIENCE, () -> switch (describe(name)
                .applicationStatus()) {
            case RUNNING -> true;
            case READY -> {
                startFromTrimHorizon(name);
                yield false;
            }
            default -> false;
        });
    }

    void stop(String name) {
        client.stopApplication(request -> request.applicationName(name));
    }

    void updateCode(String name, String code) {
        client.updateApplication(request -> request.applicationName(name)
                .currentApplicationVersionId(describe(name).applicationVersionId())
                .applicationConfigurationUpdate(update -> update.applicationCodeConfigurationUpdate(
                        given -> given.codeContentUpdate(content -> content.textContentUpdate(code)))));
    }

    void updateParallelism(String name, int parallelism) {
        client.updateApplication(request -> request.applicationName(name)
                .currentApplicationVersionId(describe(name).applicationVersionId())
                .applicationConfigurationUpdate(update -> update.flinkApplicationConfigurationUpdate(flink ->
                        flink.parallelismConfigurationUpdate(parallel -> parallel.parallelismUpdate(parallelism)))));
    }

    ApplicationDetail describe(String name) {
        return client.describeApplication(request -> request.applicationName(name))
                .applicationDetail();
    }

    String codeOf(String name) {
        return describe(name)
                .applicationConfigurationDescription()
                .applicationCodeConfigurationDescription()
                .codeContentDescription()
                .textContent();
    }

    void awaitRunning(String... applications) {
        for (String name : applications) {
            await(name, ApplicationStatus.RUNNING);
        }
    }

    void await(String name, ApplicationStatus status) {
        ApplicationStatus[] last = new ApplicationStatus[1];
        try {
            Pause.until(name + " is " + status, PATIENCE, () -> {
                last[0] = describe(name).applicationStatus();
                return last[0] == status;
            });
        } catch (AssertionError e) {
            throw new AssertionError(e.getMessage() + "; it is " + last[0] + ": " + problems(name), e);
        }
    }

    /** What went wrong with it, the newest first. */
    List<String> problems(String name) {
        return rest.rest("GET", "/v1/applications/" + name + "/activity", "kinesisanalytics", "")
                .at("/errors")
                .valueStream()
                .map(error -> error.path("message").asString())
                .toList();
    }

    /** The number that the running job measured last; null where it has none. */
    @Nullable
    Double metric(String name, String metric) {
        var value = rest.rest("GET", "/v1/applications/" + name + "/activity", "kinesisanalytics", "")
                .at("/metrics")
                .path(metric);
        return value.isNumber() ? value.asDouble() : null;
    }

    /** Whether it is in a state in which it can be. */
    private boolean delete(String name) {
        try {
            client.deleteApplication(request ->
                    request.applicationName(name).createTimestamp(describe(name).createTimestamp()));
            return true;
        } catch (ResourceInUseException e) {
            return false;
        }
    }

    @Override
    public void close() {
        for (String name : names) {
            try {
                Pause.until(name + " can be deleted", () -> delete(name));
            } catch (ResourceNotFoundException e) {
                // The test has deleted it.
            }
        }
        client.close();
        rest.close();
    }
}
