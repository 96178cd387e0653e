package io.riacho.compatibility;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Comparator;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.kinesis.KinesisClient;
import software.amazon.awssdk.services.kinesisanalyticsv2.model.RecordFormatType;

/** An application writes to delivery streams, functions and streams as the role that it was given, and as nobody else. */
@Execution(ExecutionMode.CONCURRENT)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Order(1)
final class AnalyticsOutputsTest {

    private static final String FUNCTION =
            "arn:aws:lambda:" + Target.REGION + ":" + Target.ACCOUNT + ":function:take-windows";
    private static final int RECORDS = 800;

    private OutputFunction function;
    private @Nullable ServerProcess server;
    private IamClient iam;
    private KinesisClient kinesis;
    private TestStreams streams;
    private TestIdentities identities;
    private TestApplications applications;
    private String input;
    private String inputArn;

    @BeforeAll
    void start() {
        TestServer.assumeThatServersCanBeStarted();
        function = OutputFunction.started();
        server = ServerProcess.started(
                "analytics-outputs",
                "--riacho.streams.limits.enabled=false",
                "--riacho.analytics.functions[0].arn=" + FUNCTION,
                "--riacho.analytics.functions[0].url=" + function.url());
        iam = JavaClients.iam(server.target());
        kinesis = JavaClients.urlConnection(server.target());
    }

    @AfterAll
    void stop() {
        if (server != null) {
            iam.close();
            kinesis.close();
            server.close();
            function.close();
        }
    }

    @BeforeEach
    void aStream() {
        Target target = requireNonNull(server).target();
        streams = new TestStreams(target);
        identities = new TestIdentities(target);
        applications = new TestApplications(target);
        input = streams.create(2);
        inputArn = streams.arn(input);
    }

    @AfterEach
    void clean() {
        applications.close();
        identities.close();
        streams.close();
    }

    @Test
    void aDeliveryStreamGetsEveryWindow() {
        ServerProcess running = requireNonNull(server);
        try (TestBucket bucket = TestBucket.created(running.s3Target());
                TestDeliveryStreams deliveryStreams = new TestDeliveryStreams(running.target())) {
            String deliveryStream = deliveryStreams.toBucket(bucket, settings -> {});
            String arn = deliveryStreams.describe(deliveryStream).deliveryStreamARN();
            String role = role(allow("kinesis:*", inputArn), allow("firehose:PutRecordBatch", arn));
            String application = applications.create(
                    TestApplications.windowsOfTheDialect("to a delivery stream"),
                    inputArn,
                    role,
                    output -> output.kinesisFirehoseOutput(firehose -> firehose.resourceARN(arn))
                            .destinationSchema(schema -> schema.recordFormatType(RecordFormatType.JSON)));

            WrittenRecords written = compute(application);

            // Rows of JSON come one behind the other, as from Kinesis Data Analytics.
            assertThat(faults(
                            written,
                            () -> bucket.lines("").stream()
                                    .flatMap(line -> List.of(line.split("(?<=})(?=\\{)")).stream())
                                    .toList()))
                    .isEmpty();
        }
    }

    @Test
    void aFunctionGetsEveryWindowUntilItTakesIt() {
        String application = applications.create(
                TestApplications.windowsOfTheDialect("to a function"),
                inputArn,
                role(allow("kinesis:*", inputArn), allow("lambda:InvokeFunction", FUNCTION)),
                output -> output.lambdaOutput(lambda -> lambda.resourceARN(FUNCTION))
                        .destinationSchema(schema -> schema.recordFormatType(RecordFormatType.JSON)));

        WrittenRecords written = compute(application);

        assertThat(faults(written, function::taken)).isEmpty();
        assertThat(function.left()).isPositive();
    }

    @Test
    void aRoleThatMayNotReadIsToldOfAndOnceItMayTheApplicationRuns() {
        String role = role(allow("kinesis:PutRecords", "*"));
        String output = streams.create(1);
        String application = toStream(role, output);

        applications.startFromTrimHorizon(application);

        awaitProblem(application, "assumed-role/" + nameOf(role) + "/", "is not authorized to perform: kinesis:");
        allowAll(role);
        applications.goOn(application);
        assertThat(faults(compute(null), () -> new GrowingStream(kinesis, output).texts()))
                .isEmpty();
    }

    @Test
    void aRoleThatMayNotWriteIsToldOfAndHoldsTheApplicationUpUntilItMay() {
        String role = role(allow("kinesis:Get*", "*"), allow("kinesis:List*", "*"), allow("kinesis:Describe*", "*"));
        String output = streams.create(1);
        String application = toStream(role, output);

        WrittenRecords written = compute(application);

        awaitProblem(
                application, "assumed-role/" + nameOf(role) + "/", "is not authorized to perform: kinesis:PutRecords");
        allowAll(role);
        assertThat(faults(written, () -> new GrowingStream(kinesis, output).texts()))
                .isEmpty();
    }

    @Test
    void aRoleThatDoesNotLetAnalyticsInIsToldOfAndOnceItDoesTheApplicationRuns() {
        String role =
                identities.role(Policies.trustService("firehose.amazonaws.com"), Policies.allow("kinesis:*", "*"));
        String output = streams.create(1);
        String application = toStream(role, output);

        applications.startFromTrimHorizon(application);

        awaitProblem(application, "assume the role " + role);
        iam.updateAssumeRolePolicy(
                trust -> trust.roleName(nameOf(role)).policyDocument(Policies.trustService(TestApplications.SERVICE)));
        applications.goOn(application);
        assertThat(faults(compute(null), () -> new GrowingStream(kinesis, output).texts()))
                .isEmpty();
    }

    private String toStream(String role, String output) {
        return applications.create(
                TestApplications.windowsOfTheDialect("to a stream"),
                inputArn,
                role,
                to -> to.kinesisStreamsOutput(stream -> stream.resourceARN(streams.arn(output)))
                        .destinationSchema(schema -> schema.recordFormatType(RecordFormatType.JSON)));
    }

    private void awaitProblem(String application, String... texts) {
        Pause.until(
                "it is told: " + List.of(texts),
                () -> applications.problems(application).stream()
                        .anyMatch(problem -> List.of(texts).stream().allMatch(problem::contains)));
    }

    /** @param application to be started; null where it was */
    private WrittenRecords compute(@Nullable String application) {
        Target target = requireNonNull(server).target();
        try (KinesisClient impatient = JavaClients.urlConnection(target.withoutRetries());
                NumberedWriter writer = NumberedWriter.started(impatient, input)) {
            if (application != null) {
                applications.startFromTrimHorizon(application);
            }
            writer.awaitMore(RECORDS);
            writer.stop();
        }
        return WrittenRecords.read(kinesis, input);
    }

    /** Those that are left after two minutes; rows may come in any order, and those of an attempt that failed twice. */
    private static List<String> faults(WrittenRecords written, Supplier<List<String>> rows) {
        long deadline = System.nanoTime() + java.time.Duration.ofMinutes(2).toNanos();
        List<String> faults;
        do {
            Pause.milliseconds(200);
            faults = WindowCheck.faultsByReading(
                    written,
                    rows.get().stream()
                            .map(WindowRow::parsed)
                            .distinct()
                            .sorted(Comparator.comparingInt(WindowRow::low))
                            .toList(),
                    0);
        } while (!faults.isEmpty() && System.nanoTime() < deadline);
        return faults;
    }

    private String role(String... statements) {
        return identities.role(Policies.trustService(TestApplications.SERVICE), Policies.document(statements));
    }

    private void allowAll(String role) {
        iam.putRolePolicy(put ->
                put.roleName(nameOf(role)).policyName("policy").policyDocument(Policies.allow("kinesis:*", "*")));
    }

    private static String allow(String action, String resource) {
        return "{\"Effect\":\"Allow\",\"Action\":\"" + action + "\",\"Resource\":\"" + resource + "\"}";
    }

    private static String nameOf(String roleArn) {
        return roleArn.substring(roleArn.lastIndexOf('/') + 1);
    }
}
