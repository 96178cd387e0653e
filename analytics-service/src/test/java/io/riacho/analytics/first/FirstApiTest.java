package io.riacho.analytics.first;

import static io.riacho.analytics.AnalyticsServer.ROLE;
import static io.riacho.analytics.AnalyticsServer.STREAM;
import static io.riacho.analytics.AnalyticsServer.arn;
import static io.riacho.analytics.AnalyticsServer.newName;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.riacho.analytics.AnalyticsServer;
import io.riacho.analytics.job.MemoryJobs;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.kinesisanalytics.KinesisAnalyticsClient;
import software.amazon.awssdk.services.kinesisanalytics.model.ApplicationDetail;
import software.amazon.awssdk.services.kinesisanalytics.model.CodeValidationException;
import software.amazon.awssdk.services.kinesisanalytics.model.ConcurrentModificationException;
import software.amazon.awssdk.services.kinesisanalytics.model.Input;
import software.amazon.awssdk.services.kinesisanalytics.model.InvalidApplicationConfigurationException;
import software.amazon.awssdk.services.kinesisanalytics.model.InvalidArgumentException;
import software.amazon.awssdk.services.kinesisanalytics.model.Output;
import software.amazon.awssdk.services.kinesisanalytics.model.ResourceInUseException;
import software.amazon.awssdk.services.kinesisanalytics.model.ResourceNotFoundException;
import software.amazon.awssdk.services.kinesisanalytics.model.SourceSchema;
import software.amazon.awssdk.services.kinesisanalytics.model.UnsupportedOperationException;

/** The API of 2015, as templates and scripts use it. */
class FirstApiTest {

    private final AnalyticsServer server = AnalyticsServer.shared();
    private final KinesisAnalyticsClient client = server.first();
    private final String name = newName();

    static SourceSchema schema() {
        return SourceSchema.builder()
                .recordFormat(format -> format.recordFormatType("JSON")
                        .mappingParameters(
                                mapping -> mapping.jsonMappingParameters(json -> json.recordRowPath("$"))))
                .recordColumns(column -> column.name("TICKER").mapping("$.ticker").sqlType("VARCHAR(4)"))
                .build();
    }

    static Input input() {
        return Input.builder()
                .namePrefix("SOURCE_SQL_STREAM")
                .kinesisStreamsInput(stream -> stream.resourceARN(STREAM).roleARN(ROLE))
                .inputParallelism(parallelism -> parallelism.count(2))
                .inputSchema(schema())
                .build();
    }

    static Output output(String stream) {
        return Output.builder()
                .name(stream)
                .kinesisStreamsOutput(out -> out.resourceARN(STREAM).roleARN(ROLE))
                .destinationSchema(format -> format.recordFormatType("JSON"))
                .build();
    }

    @Test
    void anApplicationIsDescribedAsItWasCreated() {
        Instant before = Instant.now().minusSeconds(1);
        var created = client.createApplication(request -> request.applicationName(name)
                        .applicationDescription("averages")
                        .inputs(input())
                        .outputs(output("DESTINATION_SQL_STREAM"))
                        .applicationCode("SELECT"))
                .applicationSummary();

        assertThat(created.applicationARN()).isEqualTo(arn(name));
        assertThat(created.applicationStatusAsString()).isEqualTo("READY");
        ApplicationDetail detail = describe();
        assertThat(detail.applicationName()).isEqualTo(name);
        assertThat(detail.applicationDescription()).isEqualTo("averages");
        assertThat(detail.applicationVersionId()).isEqualTo(1);
        assertThat(detail.applicationCode()).isEqualTo("SELECT");
        assertThat(detail.createTimestamp()).isAfter(before);
        assertThat(detail.hasReferenceDataSourceDescriptions()).isFalse();
        assertThat(detail.hasCloudWatchLoggingOptionDescriptions()).isFalse();
        var input = detail.inputDescriptions().get(0);
        assertThat(input.inputId()).isEqualTo("1.1");
        assertThat(input.inAppStreamNames()).containsExactly("SOURCE_SQL_STREAM_001", "SOURCE_SQL_STREAM_002");
        assertThat(input.inputParallelism().count()).isEqualTo(2);
        assertThat(input.kinesisStreamsInputDescription().resourceARN()).isEqualTo(STREAM);
        assertThat(input.kinesisStreamsInputDescription().roleARN()).isEqualTo(ROLE);
        assertThat(input.inputSchema().recordEncoding()).isEqualTo("UTF-8");
        assertThat(input.inputSchema().recordColumns()).hasSize(1);
        var output = detail.outputDescriptions().get(0);
        assertThat(output.outputId()).isEqualTo("1.1");
        assertThat(output.name()).isEqualTo("DESTINATION_SQL_STREAM");
        assertThat(output.kinesisStreamsOutputDescription().roleARN()).isEqualTo(ROLE);
        assertThat(output.destinationSchema().recordFormatTypeAsString()).isEqualTo("JSON");
    }

    @Test
    void eachPartThatIsAddedMakesAVersion() {
        create();
        client.addApplicationInput(
                request -> request.applicationName(name).currentApplicationVersionId(1L).input(input()));
        client.addApplicationReferenceDataSource(request -> request.applicationName(name)
                .currentApplicationVersionId(2L)
                .referenceDataSource(reference -> reference
                        .tableName("Companies")
                        .s3ReferenceDataSource(s3 -> s3.bucketARN("arn:aws:s3:::data")
                                .fileKey("companies.json")
                                .referenceRoleARN(ROLE))
                        .referenceSchema(schema())));
        client.addApplicationOutput(
                request -> request.applicationName(name).currentApplicationVersionId(3L).output(output("A")));
        client.addApplicationInputProcessingConfiguration(request -> request.applicationName(name)
                .currentApplicationVersionId(4L)
                .inputId("2.1")
                .inputProcessingConfiguration(processing -> processing.inputLambdaProcessor(lambda -> lambda.resourceARN(
                                "arn:aws:lambda:eu-central-1:123456789012:function:clean")
                        .roleARN(ROLE))));
        client.addApplicationCloudWatchLoggingOption(request -> request.applicationName(name)
                .currentApplicationVersionId(5L)
                .cloudWatchLoggingOption(option -> option.logStreamARN(
                                "arn:aws:logs:eu-central-1:123456789012:log-group:g:log-stream:s")
                        .roleARN(ROLE)));

        ApplicationDetail detail = describe();
        assertThat(detail.applicationVersionId()).isEqualTo(6);
        assertThat(detail.inputDescriptions().get(0).inputId()).isEqualTo("2.1");
        assertThat(detail.inputDescriptions()
                        .get(0)
                        .inputProcessingConfigurationDescription()
                        .inputLambdaProcessorDescription()
                        .roleARN())
                .isEqualTo(ROLE);
        assertThat(detail.referenceDataSourceDescriptions().get(0).referenceId())
                .isEqualTo("3.1");
        assertThat(detail.referenceDataSourceDescriptions()
                        .get(0)
                        .s3ReferenceDataSourceDescription()
                        .referenceRoleARN())
                .isEqualTo(ROLE);
        assertThat(detail.outputDescriptions().get(0).outputId()).isEqualTo("4.1");
        assertThat(detail.cloudWatchLoggingOptionDescriptions().get(0).cloudWatchLoggingOptionId())
                .isEqualTo("6.1");

        client.deleteApplicationInputProcessingConfiguration(request ->
                request.applicationName(name).currentApplicationVersionId(6L).inputId("2.1"));
        client.deleteApplicationReferenceDataSource(request ->
                request.applicationName(name).currentApplicationVersionId(7L).referenceId("3.1"));
        client.deleteApplicationOutput(request ->
                request.applicationName(name).currentApplicationVersionId(8L).outputId("4.1"));
        client.deleteApplicationCloudWatchLoggingOption(request -> request.applicationName(name)
                .currentApplicationVersionId(9L)
                .cloudWatchLoggingOptionId("6.1"));

        ApplicationDetail after = describe();
        assertThat(after.applicationVersionId()).isEqualTo(10);
        assertThat(after.inputDescriptions().get(0).inputProcessingConfigurationDescription())
                .isNull();
        assertThat(after.hasReferenceDataSourceDescriptions()).isFalse();
        assertThat(after.hasOutputDescriptions()).isFalse();
        assertThat(after.hasCloudWatchLoggingOptionDescriptions()).isFalse();
    }

    @Test
    void anUpdateChangesWhatItNamesAndNothingElse() {
        createComplete("SELECT");
        client.updateApplication(request -> request.applicationName(name)
                .currentApplicationVersionId(1L)
                .applicationUpdate(update -> update.applicationCodeUpdate("SELECT 2")
                        .inputUpdates(input -> input.inputId("1.1")
                                .namePrefixUpdate("OTHER")
                                .inputParallelismUpdate(parallelism -> parallelism.countUpdate(1))
                                .inputSchemaUpdate(schema -> schema.recordColumnUpdates(
                                        column -> column.name("A").mapping("$.a").sqlType("INTEGER"))))
                        .outputUpdates(output -> output.outputId("1.1")
                                .kinesisFirehoseOutputUpdate(firehose -> firehose.resourceARNUpdate(
                                                "arn:aws:firehose:eu-central-1:123456789012:deliverystream/lake")
                                        .roleARNUpdate(ROLE)))));

        ApplicationDetail detail = describe();
        assertThat(detail.applicationCode()).isEqualTo("SELECT 2");
        var input = detail.inputDescriptions().get(0);
        assertThat(input.inAppStreamNames()).containsExactly("OTHER_001");
        assertThat(input.kinesisStreamsInputDescription().resourceARN()).isEqualTo(STREAM);
        assertThat(input.inputSchema().recordFormat().recordFormatTypeAsString())
                .isEqualTo("JSON");
        assertThat(input.inputSchema().recordColumns().get(0).name()).isEqualTo("A");
        var output = detail.outputDescriptions().get(0);
        assertThat(output.name()).isEqualTo("DESTINATION_SQL_STREAM");
        assertThat(output.kinesisStreamsOutputDescription()).isNull();
        assertThat(output.kinesisFirehoseOutputDescription().roleARN()).isEqualTo(ROLE);
    }

    @Test
    void onlyTheCurrentVersionCanBeChanged() {
        create();

        assertThatThrownBy(() -> client.addApplicationInput(
                        request -> request.applicationName(name).currentApplicationVersionId(2L).input(input())))
                .isInstanceOf(ConcurrentModificationException.class);
    }

    @Test
    void anApplicationHasOneInputAndThreeOutputs() {
        createComplete("SELECT");

        assertThatThrownBy(() -> client.addApplicationInput(
                        request -> request.applicationName(name).currentApplicationVersionId(1L).input(input())))
                .isInstanceOf(InvalidArgumentException.class)
                .hasMessageContaining("at most 1 input");
        assertThatThrownBy(() -> client.createApplication(request -> request.applicationName(newName())
                        .outputs(output("A"), output("B"), output("C"), output("D"))))
                .isInstanceOf(InvalidArgumentException.class)
                .hasMessageContaining("at most 3 outputs");
    }

    @Test
    void anApplicationStartsAndStops() {
        createComplete("SELECT");
        start("NOW");

        server.awaitStatus(name, "RUNNING");
        MemoryJobs.Job job = server.jobs().awaitRunning(name);
        assertThat(job.restoredFrom()).isNull();
        assertThat(Instant.parse(String.valueOf(job.specification().settings().get("start.1.1"))))
                .isBetween(Instant.now().minusSeconds(60), Instant.now());
        assertThat(describe()
                        .inputDescriptions()
                        .get(0)
                        .inputStartingPositionConfiguration()
                        .inputStartingPositionAsString())
                .isEqualTo("NOW");
        assertThatThrownBy(() -> start("NOW")).isInstanceOf(ResourceInUseException.class);

        client.stopApplication(request -> request.applicationName(name));
        server.awaitStatus(name, "READY");
        assertThat(server.jobs().of(name)).noneMatch(each -> each.status().state().name().equals("RUNNING"));
        assertThatThrownBy(() -> client.stopApplication(request -> request.applicationName(name)))
                .isInstanceOf(ResourceInUseException.class);
    }

    @Test
    void theLastStoppedPointIsTheSavepointOfTheLastStop() {
        createComplete("SELECT");
        start("TRIM_HORIZON");
        server.awaitStatus(name, "RUNNING");
        assertThat(server.jobs().awaitRunning(name).specification().settings()).containsEntry("start.1.1", "all");
        client.stopApplication(request -> request.applicationName(name));
        server.awaitStatus(name, "READY");

        start("LAST_STOPPED_POINT");

        MemoryJobs.Job job = server.jobs().awaitRunning(name);
        assertThat(job.restoredFrom()).contains("/savepoints/");
        server.awaitStatus(name, "RUNNING");
    }

    @Test
    void whereNothingCanBeRestoredTheLastStoppedPointIsATime() {
        createComplete("SELECT");
        start("NOW");
        server.awaitStatus(name, "RUNNING");
        client.stopApplication(request -> request.applicationName(name));
        server.awaitStatus(name, "READY");
        Instant stopped = Instant.now();
        client.updateApplication(request -> request.applicationName(name)
                .currentApplicationVersionId(1L)
                .applicationUpdate(update -> update.applicationCodeUpdate("UNRESTORABLE")));

        start("LAST_STOPPED_POINT");

        MemoryJobs.Job job = server.jobs().awaitRunning(name);
        assertThat(job.restoredFrom()).isNull();
        assertThat(Instant.parse(String.valueOf(job.specification().settings().get("start.1.1"))))
                .isBetween(stopped.minusSeconds(60), stopped);
    }

    @Test
    void wrongCodeIsTakenAtFirstAndRefusedAtTheStart() {
        createComplete("SELECT BROKEN");

        assertThatThrownBy(() -> start("NOW"))
                .isInstanceOf(InvalidApplicationConfigurationException.class)
                .hasMessageContaining("BROKEN is no word of SQL");
        assertThat(server.status(name)).isEqualTo("READY");
    }

    @Test
    void anUpdateRefusesCodeThatCannotBeRead() {
        createComplete("SELECT");

        assertThatThrownBy(() -> client.updateApplication(request -> request.applicationName(name)
                        .currentApplicationVersionId(1L)
                        .applicationUpdate(update -> update.applicationCodeUpdate("NONSENSE"))))
                .isInstanceOf(CodeValidationException.class)
                .hasMessageContaining("Line 1, column 1");
        assertThat(describe().applicationVersionId()).isEqualTo(1);
    }

    @Test
    void aStartNeedsTheIdsOfItsInputs() {
        createComplete("SELECT");

        assertThatThrownBy(() -> client.startApplication(request -> request.applicationName(name)
                        .inputConfigurations(input -> input.id("7.1")
                                .inputStartingPositionConfiguration(position -> position.inputStartingPosition("NOW")))))
                .isInstanceOf(InvalidArgumentException.class);
    }

    @Test
    void aJobThatCannotBeStartedLeavesTheApplicationReady() {
        createComplete("UNSTARTABLE");
        start("NOW");

        server.awaitStatus(name, "READY");
        assertThat(server.jobs().of(name)).isEmpty();
    }

    @Test
    void deletingNeedsTheTimeOfTheCreation() {
        createComplete("SELECT");
        start("NOW");
        server.awaitStatus(name, "RUNNING");
        Instant created = describe().createTimestamp();

        assertThatThrownBy(() -> client.deleteApplication(
                        request -> request.applicationName(name).createTimestamp(created.minusSeconds(5))))
                .isInstanceOf(InvalidArgumentException.class);
        client.deleteApplication(request -> request.applicationName(name).createTimestamp(created));

        AnalyticsServer.await(
                () -> client.listApplications().applicationSummaries().stream()
                        .noneMatch(each -> each.applicationName().equals(name)),
                name + " is gone");
        assertThatThrownBy(this::describe).isInstanceOf(ResourceNotFoundException.class);
        assertThat(server.jobs().of(name)).allMatch(job -> job.status().state().name().equals("CANCELED"));
    }

    @Test
    void applicationsOfTheOtherApiAreItsOwn() {
        server.second()
                .createApplication(request -> request.applicationName(name)
                        .runtimeEnvironment("SQL-1_0")
                        .serviceExecutionRole(ROLE));

        assertThatThrownBy(this::describe)
                .isInstanceOf(UnsupportedOperationException.class)
                .hasMessageContaining(name + " was created/updated by kinesisanalyticsv2 SDK. Please use"
                        + " kinesisanalyticsv2 SDK to make changes to " + name + ".");
        assertThatThrownBy(() -> client.addApplicationOutput(request ->
                        request.applicationName(name).currentApplicationVersionId(1L).output(output("A"))))
                .isInstanceOf(UnsupportedOperationException.class);
    }

    @Test
    void applicationsAreListedByPages() {
        String other = name + "-b";
        client.createApplication(request -> request.applicationName(name + "-a"));
        client.createApplication(request -> request.applicationName(other));

        var page = client.listApplications(
                request -> request.limit(1).exclusiveStartApplicationName(name));
        assertThat(page.applicationSummaries()).hasSize(1);
        assertThat(page.applicationSummaries().get(0).applicationName()).isEqualTo(name + "-a");
        assertThat(page.hasMoreApplications()).isTrue();
    }

    @Test
    void tagsAreAddedAndTaken() {
        client.createApplication(request -> request.applicationName(name)
                .tags(tag -> tag.key("team").value("blue"), tag -> tag.key("x")));
        client.tagResource(
                request -> request.resourceARN(arn(name)).tags(tag -> tag.key("stage").value("test")));
        client.untagResource(request -> request.resourceARN(arn(name)).tagKeys("x"));

        assertThat(client.listTagsForResource(request -> request.resourceARN(arn(name))).tags())
                .extracting(tag -> tag.key() + "=" + tag.value())
                .containsExactly("stage=test", "team=blue");
    }

    @Test
    void aNameIsTakenOnce() {
        create();

        assertThatThrownBy(this::create).isInstanceOf(ResourceInUseException.class);
    }

    private void create() {
        client.createApplication(request -> request.applicationName(name));
    }

    private void createComplete(String code) {
        client.createApplication(request -> request.applicationName(name)
                .inputs(input())
                .outputs(output("DESTINATION_SQL_STREAM"))
                .applicationCode(code));
    }

    private void start(String position) {
        client.startApplication(request -> request.applicationName(name)
                .inputConfigurations(input -> input.id("1.1")
                        .inputStartingPositionConfiguration(at -> at.inputStartingPosition(position))));
    }

    private ApplicationDetail describe() {
        return client.describeApplication(request -> request.applicationName(name))
                .applicationDetail();
    }
}
