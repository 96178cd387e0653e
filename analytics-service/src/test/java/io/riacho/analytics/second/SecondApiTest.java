package io.riacho.analytics.second;

import static io.riacho.analytics.AnalyticsServer.ROLE;
import static io.riacho.analytics.AnalyticsServer.STREAM;
import static io.riacho.analytics.AnalyticsServer.newName;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.riacho.analytics.AnalyticsServer;
import io.riacho.analytics.job.JobStatus;
import io.riacho.analytics.job.MemoryJobs;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.kinesisanalyticsv2.KinesisAnalyticsV2Client;
import software.amazon.awssdk.services.kinesisanalyticsv2.model.ApplicationConfiguration;
import software.amazon.awssdk.services.kinesisanalyticsv2.model.ApplicationDetail;
import software.amazon.awssdk.services.kinesisanalyticsv2.model.CodeValidationException;
import software.amazon.awssdk.services.kinesisanalyticsv2.model.ConcurrentModificationException;
import software.amazon.awssdk.services.kinesisanalyticsv2.model.CreateApplicationRequest;
import software.amazon.awssdk.services.kinesisanalyticsv2.model.InvalidApplicationConfigurationException;
import software.amazon.awssdk.services.kinesisanalyticsv2.model.InvalidArgumentException;
import software.amazon.awssdk.services.kinesisanalyticsv2.model.LimitExceededException;
import software.amazon.awssdk.services.kinesisanalyticsv2.model.ResourceInUseException;
import software.amazon.awssdk.services.kinesisanalyticsv2.model.ResourceNotFoundException;
import software.amazon.awssdk.services.kinesisanalyticsv2.model.SnapshotDetails;
import software.amazon.awssdk.services.kinesisanalyticsv2.model.UnsupportedOperationException;

/** The API of 2018, of SQL applications and of Flink applications. */
class SecondApiTest {

    static final String FLINK = """
        CREATE TABLE a (x INT) WITH ('connector' = 'datagen');
        CREATE TABLE b (x INT) WITH ('connector' = 'blackhole');
        INSERT INTO b SELECT x FROM a;
        """;

    private final AnalyticsServer server = AnalyticsServer.shared();
    private final KinesisAnalyticsV2Client client = server.second();
    private final String name = newName();

    @Test
    void anSqlApplicationIsDescribedAsItWasCreated() {
        ApplicationDetail detail = createSql("SELECT");

        assertThat(detail.runtimeEnvironmentAsString()).isEqualTo("SQL-1_0");
        assertThat(detail.serviceExecutionRole()).isEqualTo(ROLE);
        assertThat(detail.applicationMode()).isNull();
        var sql = detail.applicationConfigurationDescription().sqlApplicationConfigurationDescription();
        assertThat(sql.inputDescriptions().get(0).inputId()).isEqualTo("1.1");
        assertThat(sql.inputDescriptions()
                        .get(0)
                        .kinesisStreamsInputDescription()
                        .roleARN())
                .isNull();
        assertThat(detail.applicationConfigurationDescription()
                        .applicationCodeConfigurationDescription()
                        .codeContentDescription()
                        .textContent())
                .isEqualTo("SELECT");
        assertThat(describe()).isEqualTo(detail);
    }

    @Test
    void aFlinkApplicationHasManagedFlinksDefaults() {
        ApplicationDetail detail = createFlink(FLINK);

        assertThat(detail.applicationModeAsString()).isEqualTo("STREAMING");
        var configuration = detail.applicationConfigurationDescription();
        var flink = configuration.flinkApplicationConfigurationDescription();
        assertThat(flink.checkpointConfigurationDescription().checkpointInterval())
                .isEqualTo(60_000);
        assertThat(flink.checkpointConfigurationDescription().minPauseBetweenCheckpoints())
                .isEqualTo(5_000);
        assertThat(flink.parallelismConfigurationDescription().currentParallelism())
                .isEqualTo(1);
        assertThat(flink.parallelismConfigurationDescription().autoScalingEnabled())
                .isTrue();
        assertThat(flink.monitoringConfigurationDescription().logLevelAsString())
                .isEqualTo("INFO");
        assertThat(configuration.applicationSnapshotConfigurationDescription().snapshotsEnabled())
                .isTrue();
        assertThat(configuration.sqlApplicationConfigurationDescription()).isNull();
    }

    @Test
    void newerRuntimesThanTheSdkKnowsAreKept() {
        client.createApplication(request ->
                request.applicationName(name).runtimeEnvironment("FLINK-2_2").serviceExecutionRole(ROLE));

        assertThat(describe().runtimeEnvironmentAsString()).isEqualTo("FLINK-2_2");
    }

    @Test
    void whatIsNotDoneIsRefusedByName() {
        refused("ZEPPELIN", request -> request.runtimeEnvironment("ZEPPELIN-FLINK-3_0"));
        refused("INTERACTIVE", request -> request.applicationMode("INTERACTIVE"));
        refused(
                "ZIPFILE",
                request -> request.applicationConfiguration(configuration ->
                        configuration.applicationCodeConfiguration(code -> code.codeContentType("ZIPFILE")
                                .codeContent(content -> content.zipFileContent(SdkBytes.fromUtf8String("PK"))))));
        refused(
                "ZIPFILE",
                request -> request.applicationConfiguration(configuration ->
                        configuration.applicationCodeConfiguration(code -> code.codeContentType("PLAINTEXT")
                                .codeContent(content -> content.s3ContentLocation(
                                        s3 -> s3.bucketARN("arn:aws:s3:::b").fileKey("app.jar"))))));
        refused(
                "VpcConfiguration",
                request -> request.applicationConfiguration(configuration -> configuration.vpcConfigurations(
                        vpc -> vpc.subnetIds("subnet-1").securityGroupIds("sg-1"))));
        refused(
                "EnvironmentProperties",
                request -> request.applicationConfiguration(configuration ->
                        configuration.environmentProperties(properties -> properties.propertyGroups(
                                group -> group.propertyGroupId("g").propertyMap(java.util.Map.of("a", "b"))))));
        refused(
                "ApplicationEncryptionConfiguration",
                request -> request.applicationConfiguration(configuration ->
                        configuration.applicationEncryptionConfiguration(key -> key.keyType("AWS_OWNED_KEY"))));
        refused(
                "CheckpointingEnabled",
                request ->
                        request.applicationConfiguration(configuration -> configuration.flinkApplicationConfiguration(
                                flink -> flink.checkpointConfiguration(checkpoints ->
                                        checkpoints.configurationType("CUSTOM").checkpointingEnabled(false)))));
        createFlink(FLINK);
        assertThatThrownBy(() -> client.createApplicationPresignedUrl(
                        request -> request.applicationName(name).urlType("FLINK_DASHBOARD_URL")))
                .isInstanceOf(InvalidArgumentException.class)
                .hasMessageContaining("FLINK_DASHBOARD_URL");
        assertThatThrownBy(
                        () -> client.updateApplicationMaintenanceConfiguration(request -> request.applicationName(name)
                                .applicationMaintenanceConfigurationUpdate(
                                        update -> update.applicationMaintenanceWindowStartTimeUpdate("01:00"))))
                .isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(() -> client.addApplicationVpcConfiguration(request -> request.applicationName(name)
                        .currentApplicationVersionId(1L)
                        .vpcConfiguration(vpc -> vpc.subnetIds("subnet-1").securityGroupIds("sg-1"))))
                .isInstanceOf(InvalidArgumentException.class);
    }

    @Test
    void partsOfAnSqlApplicationAreAddedAndTaken() {
        client.createApplication(request ->
                request.applicationName(name).runtimeEnvironment("SQL-1_0").serviceExecutionRole(ROLE));
        var added = client.addApplicationInput(request -> request.applicationName(name)
                .currentApplicationVersionId(1L)
                .input(input -> input.namePrefix("P")
                        .kinesisStreamsInput(stream -> stream.resourceARN(STREAM))
                        .inputSchema(schema -> schema.recordFormat(format -> format.recordFormatType("JSON"))
                                .recordColumns(column ->
                                        column.name("A").mapping("$.a").sqlType("INTEGER")))));
        assertThat(added.applicationVersionId()).isEqualTo(2);
        assertThat(added.inputDescriptions().get(0).inputId()).isEqualTo("2.1");

        var output = client.addApplicationOutput(request -> request.applicationName(name)
                .currentApplicationVersionId(2L)
                .output(out -> out.name("O")
                        .lambdaOutput(
                                lambda -> lambda.resourceARN("arn:aws:lambda:eu-central-1:123456789012:function:tell"))
                        .destinationSchema(format -> format.recordFormatType("JSON"))));
        assertThat(output.outputDescriptions().get(0).lambdaOutputDescription().resourceARN())
                .endsWith(":tell");
        var deleted = client.deleteApplicationOutput(request ->
                request.applicationName(name).currentApplicationVersionId(3L).outputId("3.1"));
        assertThat(deleted.applicationVersionId()).isEqualTo(4);
        assertThatThrownBy(() -> client.deleteApplicationOutput(request -> request.applicationName(name)
                        .currentApplicationVersionId(4L)
                        .outputId("3.1")))
                .isInstanceOf(ResourceNotFoundException.class);
    }

    @Test
    void anUpdateOfARunningApplicationReplacesItsJobFromASavepoint() {
        createFlink(FLINK);
        start();
        MemoryJobs.Job before = server.jobs().awaitRunning(name);
        String token = describe().conditionalToken();

        var updated = client.updateApplication(request -> request.applicationName(name)
                .conditionalToken(token)
                .applicationConfigurationUpdate(configuration -> configuration.flinkApplicationConfigurationUpdate(
                        flink -> flink.parallelismConfigurationUpdate(parallelism -> parallelism
                                .configurationTypeUpdate("CUSTOM")
                                .parallelismUpdate(3)
                                .autoScalingEnabledUpdate(false)))));

        assertThat(updated.applicationDetail().applicationStatusAsString()).isEqualTo("UPDATING");
        MemoryJobs.Job after = server.jobs()
                .await(
                        name,
                        job -> !job.id().equals(before.id()) && job.status().state() == JobStatus.State.RUNNING);
        assertThat(after.restoredFrom())
                .contains("/savepoints/" + before.specification().run());
        assertThat(after.parallelism()).isEqualTo(3);
        assertThat(server.jobs().status(before.id()).state()).isEqualTo(JobStatus.State.FINISHED);
        server.awaitStatus(name, "RUNNING");
        assertThat(describe().applicationVersionId()).isEqualTo(2);
        assertThat(describe().applicationVersionUpdatedFrom()).isEqualTo(1);
        var operation = client.describeApplicationOperation(
                        request -> request.applicationName(name).operationId(updated.operationId()))
                .applicationOperationInfoDetails();
        assertThat(operation.operation()).isEqualTo("UpdateApplication");
        assertThat(operation.operationStatusAsString()).isEqualTo("SUCCESSFUL");
        assertThat(operation.applicationVersionChangeDetails().applicationVersionUpdatedTo())
                .isEqualTo(2);
        assertThatThrownBy(() -> client.updateApplication(
                        request -> request.applicationName(name).conditionalToken(token)))
                .isInstanceOf(ConcurrentModificationException.class);
    }

    @Test
    void anUpdateOfARunningApplicationRefusesWrongCode() {
        createFlink(FLINK);
        start();

        assertThatThrownBy(() -> update("INSERT INTO b SELECT BROKEN FROM a"))
                .isInstanceOf(CodeValidationException.class)
                .hasMessageContaining("BROKEN is no word");
        assertThat(server.status(name)).isEqualTo("RUNNING");
        assertThat(describe().applicationVersionId()).isEqualTo(1);
    }

    @Test
    void anUpdateThatFailsLeavesTheApplicationWhereItStopped() {
        createFlink(FLINK);
        start();
        String operation = update(FLINK + "INSERT INTO b SELECT 'UNSTARTABLE';");

        server.awaitStatus(name, "READY");

        var failed = client.describeApplicationOperation(
                        request -> request.applicationName(name).operationId(operation))
                .applicationOperationInfoDetails();
        assertThat(failed.operationStatusAsString()).isEqualTo("FAILED");
        assertThat(failed.operationFailureDetails().errorInfo().errorString()).contains("no place for the job");
    }

    @Test
    void anUpdateThatFailsIsRolledBackWhereThatIsWanted() {
        create(request -> request.applicationConfiguration(flink(FLINK).toBuilder()
                .applicationSystemRollbackConfiguration(rollback -> rollback.rollbackEnabled(true))
                .build()));
        start();
        String operation = update(FLINK + "INSERT INTO b SELECT 'UNSTARTABLE';");

        AnalyticsServer.await(() -> describe().applicationVersionId() == 3, "there is a version 3");
        server.awaitStatus(name, "RUNNING");

        ApplicationDetail detail = describe();
        assertThat(detail.applicationVersionRolledBackFrom()).isEqualTo(2);
        assertThat(detail.applicationVersionRolledBackTo()).isEqualTo(1);
        assertThat(server.jobs().awaitRunning(name).restoredFrom()).contains("/savepoints/");
        var failed = client.describeApplicationOperation(
                        request -> request.applicationName(name).operationId(operation))
                .applicationOperationInfoDetails();
        assertThat(failed.operationStatusAsString()).isEqualTo("FAILED");
        assertThat(failed.operationFailureDetails().rollbackOperationId()).isNotNull();
    }

    @Test
    void aRollbackMakesAVersionThatIsAsTheOneBefore() {
        createFlink(FLINK);
        start();
        update(FLINK + "INSERT INTO b SELECT 2;");
        server.awaitStatus(name, "RUNNING");

        client.rollbackApplication(request -> request.applicationName(name).currentApplicationVersionId(2L));
        server.awaitStatus(name, "RUNNING");

        assertThat(describe().applicationVersionId()).isEqualTo(3);
        assertThat(describe()
                        .applicationConfigurationDescription()
                        .applicationCodeConfigurationDescription()
                        .codeContentDescription()
                        .textContent())
                .isEqualTo(FLINK);
        assertThat(client.listApplicationVersions(request -> request.applicationName(name))
                        .applicationVersionSummaries())
                .extracting(version -> version.applicationVersionId())
                .containsExactly(3L, 2L, 1L);
        assertThat(client.describeApplicationVersion(
                                request -> request.applicationName(name).applicationVersionId(2L))
                        .applicationVersionDetail()
                        .applicationConfigurationDescription()
                        .applicationCodeConfigurationDescription()
                        .codeContentDescription()
                        .textContent())
                .endsWith("SELECT 2;");
        AnalyticsServer.await(
                () -> server.jobs().awaitRunning(name).specification().inserts().size() == 1, "the old code runs");
    }

    @Test
    void snapshotsAreSavepointsWithNames() {
        createFlink(FLINK);
        start();
        client.createApplicationSnapshot(
                request -> request.applicationName(name).snapshotName("one"));
        AnalyticsServer.await(() -> snapshot("one").snapshotStatusAsString().equals("READY"), "the snapshot is READY");
        assertThat(snapshot("one").applicationVersionId()).isEqualTo(1);
        assertThatThrownBy(() -> client.createApplicationSnapshot(
                        request -> request.applicationName(name).snapshotName("one")))
                .isInstanceOf(InvalidArgumentException.class);

        client.stopApplication(request -> request.applicationName(name));
        server.awaitStatus(name, "READY");
        assertThat(client.listApplicationSnapshots(request -> request.applicationName(name))
                        .snapshotSummaries())
                .hasSize(2);
        client.startApplication(request -> request.applicationName(name)
                .runConfiguration(run -> run.applicationRestoreConfiguration(
                        restore -> restore.applicationRestoreType("RESTORE_FROM_CUSTOM_SNAPSHOT")
                                .snapshotName("one"))));
        MemoryJobs.Job job = server.jobs().awaitRunning(name);
        server.awaitStatus(name, "RUNNING");
        String restored = String.valueOf(job.restoredFrom());
        assertThat(server.jobs().savepoints()).contains(restored);

        Instant created = snapshot("one").snapshotCreationTimestamp();
        assertThatThrownBy(() -> client.deleteApplicationSnapshot(request -> request.applicationName(name)
                        .snapshotName("one")
                        .snapshotCreationTimestamp(created.plusSeconds(9))))
                .isInstanceOf(InvalidArgumentException.class);
        client.deleteApplicationSnapshot(
                request -> request.applicationName(name).snapshotName("one").snapshotCreationTimestamp(created));
        AnalyticsServer.await(
                () -> client.listApplicationSnapshots(request -> request.applicationName(name))
                                .snapshotSummaries()
                                .size()
                        == 1,
                "the snapshot is gone");
    }

    @Test
    void aFlinkApplicationBeginsFromItsLatestSnapshotUnlessItIsToldNotTo() {
        createFlink(FLINK);
        start();
        client.stopApplication(request -> request.applicationName(name));
        server.awaitStatus(name, "READY");
        start();
        assertThat(server.jobs().awaitRunning(name).restoredFrom()).contains("/savepoints/");

        client.stopApplication(request -> request.applicationName(name));
        server.awaitStatus(name, "READY");
        client.startApplication(request -> request.applicationName(name)
                .runConfiguration(run -> run.applicationRestoreConfiguration(
                        restore -> restore.applicationRestoreType("SKIP_RESTORE_FROM_SNAPSHOT"))));
        assertThat(server.jobs().awaitRunning(name).restoredFrom()).isNull();
    }

    @Test
    void aStopByForceTakesNoSnapshot() {
        createFlink(FLINK);
        start();
        client.stopApplication(request -> request.applicationName(name).force(true));
        server.awaitStatus(name, "READY");

        assertThat(client.listApplicationSnapshots(request -> request.applicationName(name))
                        .snapshotSummaries())
                .isEmpty();
    }

    @Test
    void sqlApplicationsHaveNoSnapshotsAndNoRollback() {
        createSql("SELECT");

        assertThatThrownBy(() -> client.createApplicationSnapshot(
                        request -> request.applicationName(name).snapshotName("one")))
                .isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(() -> client.rollbackApplication(
                        request -> request.applicationName(name).currentApplicationVersionId(1L)))
                .isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(() -> client.stopApplication(
                        request -> request.applicationName(name).force(true)))
                .isInstanceOf(InvalidArgumentException.class);
    }

    @Test
    void flinkCodeThatReadsFilesIsRefusedWithItsPlace() {
        createFlink("CREATE TABLE a (x STRING) WITH ('connector' = 'filesystem', 'path' = '/etc');\n"
                + "INSERT INTO b SELECT x FROM a;");

        assertThatThrownBy(this::start)
                .isInstanceOf(InvalidApplicationConfigurationException.class)
                .hasMessageContaining("Line 1, column 47")
                .hasMessageContaining("filesystem");
    }

    @Test
    void anApplicationOfFiniteInputIsReadyWhenItHasComputedAll() {
        createFlink(FLINK.replace("SELECT x", "SELECT 'FINISHING', x"));
        client.startApplication(request -> request.applicationName(name));

        AnalyticsServer.await(() -> !server.jobs().of(name).isEmpty(), "there is a job");
        server.awaitStatus(name, "READY");
    }

    @Test
    void anApplicationThatStartsIsNotDeletedAndIsStoppedByForceOnly() {
        createFlink(FLINK);
        server.jobs().hold();
        try {
            client.startApplication(request -> request.applicationName(name));
            MemoryJobs.Job job = server.jobs().await(name, each -> true);
            Instant created = describe().createTimestamp();
            assertThatThrownBy(() -> client.deleteApplication(
                            request -> request.applicationName(name).createTimestamp(created)))
                    .isInstanceOf(ResourceInUseException.class);

            client.stopApplication(request -> request.applicationName(name).force(true));
            server.awaitStatus(name, "READY");

            assertThat(server.jobs().status(job.id()).state()).isEqualTo(JobStatus.State.CANCELED);
            client.deleteApplication(request -> request.applicationName(name).createTimestamp(created));
        } finally {
            server.jobs().letGo();
        }
        assertThat(server.jobs().of(name)).hasSize(1);
    }

    @Test
    void aJobThatIsThereOnlyAfterTheStopByForceDoesNotStay() throws InterruptedException {
        createFlink(FLINK);
        server.jobs().slow(name);
        try {
            client.startApplication(request -> request.applicationName(name));
            server.jobs().awaitSlow();
            client.stopApplication(request -> request.applicationName(name).force(true));
        } finally {
            server.jobs().endSlow();
        }
        server.awaitStatus(name, "READY");

        assertThat(server.jobs().of(name))
                .singleElement()
                .satisfies(job -> assertThat(job.status().state()).isEqualTo(JobStatus.State.CANCELED));
    }

    @Test
    void whereSnapshotsAreNotEnabledThereAreNone() {
        createWithoutSnapshots();

        assertThatThrownBy(() -> client.createApplicationSnapshot(
                        request -> request.applicationName(name).snapshotName("one")))
                .isInstanceOf(InvalidApplicationConfigurationException.class)
                .hasMessageContaining("Snapshots are not enabled");
    }

    @Test
    void whereSnapshotsAreNotEnabledAStopTakesNone() {
        createWithoutSnapshots();

        client.stopApplication(request -> request.applicationName(name));
        server.awaitStatus(name, "READY");

        assertThat(client.listApplicationSnapshots(request -> request.applicationName(name))
                        .snapshotSummaries())
                .isEmpty();
        assertThat(server.jobs().of(name))
                .singleElement()
                .satisfies(job -> assertThat(job.status().state()).isEqualTo(JobStatus.State.CANCELED));
    }

    private void createWithoutSnapshots() {
        create(request -> request.applicationConfiguration(flink(FLINK).toBuilder()
                .applicationSnapshotConfiguration(snapshots -> snapshots.snapshotsEnabled(false))
                .build()));
        start();
    }

    @Test
    void aSnapshotOfAnotherVersionIsRestoredWhereItIsNamed() {
        createFlink(FLINK);
        start();
        client.createApplicationSnapshot(
                request -> request.applicationName(name).snapshotName("first"));
        AnalyticsServer.await(
                () -> snapshot("first").snapshotStatusAsString().equals("READY"), "the snapshot is READY");
        String first = savepointOf("first");
        update(FLINK + "INSERT INTO b SELECT 2;");
        server.awaitStatus(name, "RUNNING");
        client.createApplicationSnapshot(
                request -> request.applicationName(name).snapshotName("second"));
        AnalyticsServer.await(
                () -> snapshot("second").snapshotStatusAsString().equals("READY"), "the snapshot is READY");
        client.stopApplication(request -> request.applicationName(name).force(true));
        server.awaitStatus(name, "READY");

        client.startApplication(request -> request.applicationName(name)
                .runConfiguration(run -> run.applicationRestoreConfiguration(
                        restore -> restore.applicationRestoreType("RESTORE_FROM_CUSTOM_SNAPSHOT")
                                .snapshotName("first"))));

        assertThat(server.jobs().awaitRunning(name).restoredFrom()).isEqualTo(first);
        assertThat(server.jobs().awaitRunning(name).specification().inserts()).hasSize(2);
        assertThat(snapshot("first").applicationVersionId()).isEqualTo(1);
        assertThat(snapshot("second").applicationVersionId()).isEqualTo(2);
    }

    @Test
    void theLatestSnapshotIsTheOneThatWasMadeLast() {
        createFlink(FLINK);
        start();
        for (String snapshot : List.of("z", "a")) {
            client.createApplicationSnapshot(
                    request -> request.applicationName(name).snapshotName(snapshot));
            AnalyticsServer.await(
                    () -> snapshot(snapshot).snapshotStatusAsString().equals("READY"), "the snapshot is READY");
        }
        client.stopApplication(request -> request.applicationName(name).force(true));
        server.awaitStatus(name, "READY");

        start();

        assertThat(server.jobs().awaitRunning(name).restoredFrom()).isEqualTo(savepointOf("a"));
    }

    @Test
    void thereAreOnlySoManySnapshots() {
        createFlink(FLINK);
        start();
        org.springframework.jdbc.core.simple.JdbcClient.create(server.bean(javax.sql.DataSource.class))
                .sql("""
                    insert into analytics.snapshot (application_id, name, status, version, runtime, created_at, path)
                    select id, 'snapshot-' || n, 'READY', 1, 'FLINK-1_20', now(), 'memory:/savepoints/none/' || n
                    from analytics.application, generate_series(1, 1000) n where name = ?\
                    """)
                .param(name)
                .update();

        assertThatThrownBy(() -> client.createApplicationSnapshot(
                        request -> request.applicationName(name).snapshotName("one-too-many")))
                .isInstanceOf(LimitExceededException.class);
    }

    private String savepointOf(String snapshot) {
        return org.springframework.jdbc.core.simple.JdbcClient.create(server.bean(javax.sql.DataSource.class))
                .sql("""
                    select path from analytics.snapshot s join analytics.application a on a.id = s.application_id
                    where a.name = ? and s.name = ?\
                    """)
                .params(name, snapshot)
                .query((row, _) -> String.valueOf(row.getString(1)))
                .single();
    }

    @Test
    void anApplicationThatStartsCanNeitherBeStoppedNorChanged() {
        createFlink(FLINK);
        server.jobs().hold();
        try {
            client.startApplication(request -> request.applicationName(name));
            assertThat(server.status(name)).isEqualTo("STARTING");
            assertThatThrownBy(() -> client.stopApplication(request -> request.applicationName(name)))
                    .isInstanceOf(ResourceInUseException.class);
            assertThatThrownBy(() -> update(FLINK + " ")).isInstanceOf(ResourceInUseException.class);
        } finally {
            server.jobs().letGo();
        }
        server.awaitStatus(name, "RUNNING");
    }

    private interface Change {
        CreateApplicationRequest.Builder to(CreateApplicationRequest.Builder request);
    }

    private void refused(String what, Change change) {
        assertThatThrownBy(() -> create(change))
                .isInstanceOf(InvalidArgumentException.class)
                .hasMessageContaining(what);
    }

    private ApplicationDetail create(Change change) {
        return client.createApplication(change.to(CreateApplicationRequest.builder()
                                .applicationName(name)
                                .runtimeEnvironment("FLINK-1_20")
                                .serviceExecutionRole(ROLE))
                        .build())
                .applicationDetail();
    }

    private ApplicationDetail createFlink(String code) {
        return create(request -> request.applicationConfiguration(flink(code)));
    }

    private static ApplicationConfiguration flink(String code) {
        return ApplicationConfiguration.builder()
                .applicationCodeConfiguration(configuration ->
                        configuration.codeContentType("PLAINTEXT").codeContent(content -> content.textContent(code)))
                .build();
    }

    private ApplicationDetail createSql(String code) {
        return client.createApplication(request -> request.applicationName(name)
                        .runtimeEnvironment("SQL-1_0")
                        .serviceExecutionRole(ROLE)
                        .applicationConfiguration(flink(code).toBuilder()
                                .sqlApplicationConfiguration(sql -> sql.inputs(input -> input.namePrefix("P")
                                        .kinesisStreamsInput(stream -> stream.resourceARN(STREAM))
                                        .inputSchema(
                                                schema -> schema.recordFormat(format -> format.recordFormatType("JSON"))
                                                        .recordColumns(List.of(software.amazon.awssdk.services
                                                                .kinesisanalyticsv2.model.RecordColumn.builder()
                                                                .name("A")
                                                                .mapping("$.a")
                                                                .sqlType("INTEGER")
                                                                .build())))))
                                .build()))
                .applicationDetail();
    }

    private void start() {
        client.startApplication(request -> request.applicationName(name));
        server.awaitStatus(name, "RUNNING");
    }

    private String update(String code) {
        return client.updateApplication(request -> request.applicationName(name)
                        .currentApplicationVersionId(describe().applicationVersionId())
                        .applicationConfigurationUpdate(
                                configuration -> configuration.applicationCodeConfigurationUpdate(update ->
                                        update.codeContentUpdate(content -> content.textContentUpdate(code)))))
                .operationId();
    }

    private SnapshotDetails snapshot(String snapshot) {
        return client.describeApplicationSnapshot(
                        request -> request.applicationName(name).snapshotName(snapshot))
                .snapshotDetails();
    }

    private ApplicationDetail describe() {
        return client.describeApplication(request -> request.applicationName(name))
                .applicationDetail();
    }
}
