package io.riacho.benchmarks.analytics;

import io.riacho.benchmarks.load.Endpoint;
import io.riacho.benchmarks.load.Pauses;
import io.riacho.benchmarks.load.SdkClients;
import java.time.Duration;
import java.util.stream.Stream;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.iam.model.EntityAlreadyExistsException;
import software.amazon.awssdk.services.kinesis.KinesisClient;
import software.amazon.awssdk.services.kinesisanalytics.KinesisAnalyticsClient;
import software.amazon.awssdk.services.kinesisanalytics.model.ApplicationDetail;
import software.amazon.awssdk.services.kinesisanalytics.model.ApplicationStatus;
import software.amazon.awssdk.services.kinesisanalytics.model.InputStartingPosition;
import software.amazon.awssdk.services.kinesisanalytics.model.RecordColumn;
import software.amazon.awssdk.services.kinesisanalytics.model.RecordFormatType;
import software.amazon.awssdk.services.kinesisanalytics.model.ResourceNotFoundException;
import software.amazon.awssdk.utils.SdkAutoCloseable;

/** Makes, starts and removes applications, by the SDK. Thread-safe. */
final class Applications implements AutoCloseable {

    private static final Duration STATE_CHANGE = Duration.ofSeconds(120);
    private static final String TRUSTS_ANALYTICS = """
            {"Version": "2012-10-17", "Statement": [{"Effect": "Allow",
              "Principal": {"Service": "kinesisanalytics.amazonaws.com"}, "Action": "sts:AssumeRole"}]}""";
    private static final String USES_STREAMS = """
            {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "kinesis:*", "Resource": "*"}]}""";

    private final KinesisAnalyticsClient analytics;
    private final IamClient iam;
    private final KinesisClient kinesis;

    Applications(Endpoint server) {
        analytics = SdkClients.to(server, KinesisAnalyticsClient.builder()).build();
        iam = SdkClients.to(server, IamClient.builder()).build();
        kinesis = SdkClients.to(server, KinesisClient.builder()).build();
    }

    KinesisClient kinesis() {
        return kinesis;
    }

    /** Makes the role that all applications have. */
    void prepare() {
        try {
            iam.createRole(request -> request.roleName(Averages.ROLE_NAME).assumeRolePolicyDocument(TRUSTS_ANALYTICS));
        } catch (EntityAlreadyExistsException e) {
            // From a former run on the same server.
        }
        iam.putRolePolicy(request ->
                request.roleName(Averages.ROLE_NAME).policyName("streams").policyDocument(USES_STREAMS));
    }

    /** Returns once it runs. */
    void start(String name, String from, String to, InputStartingPosition position) {
        analytics.createApplication(request -> request.applicationName(name)
                .applicationCode(Averages.CODE)
                .inputs(input -> input.namePrefix(Averages.PREFIX)
                        .kinesisStreamsInput(stream ->
                                stream.resourceARN(Averages.streamArn(from)).roleARN(Averages.ROLE))
                        .inputSchema(
                                schema -> schema.recordFormat(format -> format.recordFormatType(RecordFormatType.JSON))
                                        .recordColumns(
                                                column("TICKER", "$.ticker", "VARCHAR(8)"),
                                                column("PRICE", "$.price", "DOUBLE"))))
                .outputs(output -> output.name(Averages.OUTPUT)
                        .kinesisStreamsOutput(stream ->
                                stream.resourceARN(Averages.streamArn(to)).roleARN(Averages.ROLE))
                        .destinationSchema(schema -> schema.recordFormatType(RecordFormatType.JSON))));
        analytics.startApplication(request -> request.applicationName(name)
                .inputConfigurations(input -> input.id("1.1")
                        .inputStartingPositionConfiguration(start -> start.inputStartingPosition(position))));
        Pauses.await(
                name + " did not start",
                STATE_CHANGE,
                () -> describe(name).applicationStatus() == ApplicationStatus.RUNNING);
    }

    /** Returns once it is gone. */
    void delete(String name) {
        analytics.deleteApplication(request ->
                request.applicationName(name).createTimestamp(describe(name).createTimestamp()));
        Pauses.await(name + " was not deleted", STATE_CHANGE, () -> {
            try {
                describe(name);
                return false;
            } catch (ResourceNotFoundException e) {
                return true;
            }
        });
    }

    private ApplicationDetail describe(String name) {
        return analytics
                .describeApplication(request -> request.applicationName(name))
                .applicationDetail();
    }

    private static RecordColumn column(String name, String mapping, String type) {
        return RecordColumn.builder().name(name).mapping(mapping).sqlType(type).build();
    }

    @Override
    public void close() {
        Stream.<SdkAutoCloseable>of(analytics, iam, kinesis).forEach(SdkAutoCloseable::close);
    }
}
