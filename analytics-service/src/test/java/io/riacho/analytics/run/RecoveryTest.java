package io.riacho.analytics.run;

import static io.riacho.analytics.AnalyticsServer.ROLE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.riacho.analytics.AnalyticsServer;
import io.riacho.analytics.application.Applications;
import io.riacho.analytics.job.JobStatus;
import io.riacho.analytics.job.MemoryJobs;
import io.riacho.postgres.TestPostgres;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.kinesisanalyticsv2.model.KinesisAnalyticsV2Exception;
import software.amazon.awssdk.services.kinesisanalyticsv2.model.LimitExceededException;

/** Processes that end and begin anew, jobs that fail, and several processes on one database. */
class RecoveryTest {

    static final String CODE = """
        CREATE TABLE a (x INT) WITH ('connector' = 'datagen');
        CREATE TABLE b (x INT) WITH ('connector' = 'blackhole');
        INSERT INTO b SELECT x FROM a;
        """;

    private final TestPostgres.Database database = TestPostgres.newDatabase();
    private final Path folder = AnalyticsServer.newFolder();
    private final MemoryJobs jobs = new MemoryJobs();

    @Test
    void aRunningApplicationGoesOnFromItsNewestCheckpointAfterARestart() {
        String checkpoint;
        try (AnalyticsServer server = start(folder, jobs)) {
            run(server, "app");
            MemoryJobs.Job job = jobs.awaitRunning("app");
            String older = jobs.checkpoint(job.id());
            checkpoint = jobs.checkpoint(job.id());
            assertThat(older).isNotEqualTo(checkpoint);
        }
        jobs.crash();

        try (AnalyticsServer server = start(folder, jobs)) {
            MemoryJobs.Job job = jobs.awaitRunning("app");
            assertThat(job.restoredFrom()).isEqualTo(checkpoint);
            assertThat(server.status("app")).isEqualTo("RUNNING");
        }
    }

    @Test
    void anApplicationThatWasStoppingOrStartingOrBeingDeletedIsLedToTheEndAfterARestart() throws SQLException {
        try (AnalyticsServer server = start(folder, jobs)) {
            for (String name : new String[] {"stopping", "deleting", "starting"}) {
                run(server, name);
            }
        }
        // As a process leaves them that is killed when it has written down what is asked, before it does anything.
        set("update analytics.application set status = upper(name)");
        set("update analytics.application set run = jsonb_set(run::jsonb, '{job}', 'null')::text"
                + " where name = 'starting'");

        try (AnalyticsServer server = start(folder, jobs)) {
            server.awaitStatus("stopping", "READY");
            server.awaitStatus("starting", "RUNNING");
            AnalyticsServer.await(
                    () -> server.second()
                                    .listApplications()
                                    .applicationSummaries()
                                    .size()
                            == 2,
                    "one is gone");
            assertThat(jobs.of("stopping")).allMatch(job -> job.status().state() == JobStatus.State.FINISHED);
            assertThat(jobs.of("deleting")).allMatch(job -> job.status().state() == JobStatus.State.CANCELED);
            assertThat(jobs.of("starting"))
                    .as("the job that an earlier call had started is found")
                    .hasSize(1);
        }
    }

    @Test
    void aStartThatWasNotWrittenDownIsRepeatedFromTheNewestCheckpointOfItsRun() throws SQLException {
        String checkpoint;
        try (AnalyticsServer server = start(folder, jobs)) {
            run(server, "app");
            checkpoint = jobs.checkpoint(jobs.awaitRunning("app").id());
        }
        jobs.crash();
        // As a process leaves it that is killed before it has written down which job it started.
        set("update analytics.application set run = jsonb_set(run::jsonb, '{job}', 'null')::text");

        try (AnalyticsServer server = start(folder, jobs)) {
            assertThat(jobs.awaitRunning("app").restoredFrom()).isEqualTo(checkpoint);
            assertThat(server.status("app")).isEqualTo("RUNNING");
        }
    }

    @Test
    void aJobThatFailedIsStartedAnewFromItsNewestCheckpoint() {
        try (AnalyticsServer server = start(folder, jobs)) {
            run(server, "app");
            MemoryJobs.Job first = jobs.awaitRunning("app");
            String checkpoint = jobs.checkpoint(first.id());

            jobs.fail(first.id(), "Division by zero");

            MemoryJobs.Job second = jobs.await(
                    "app", job -> !job.id().equals(first.id()) && job.status().state() == JobStatus.State.RUNNING);
            assertThat(second.restoredFrom()).isEqualTo(checkpoint);
            assertThat(second.specification().run())
                    .isNotEqualTo(first.specification().run());
            assertThat(server.status("app")).isEqualTo("RUNNING");
            assertThat(server.bean(ApplicationLog.class)
                            .incidents(server.bean(io.riacho.analytics.application.Applications.class)
                                    .get("app")
                                    .id()))
                    .first()
                    .satisfies(incident -> assertThat(incident.message()).isEqualTo("Division by zero"));
        }
    }

    @Test
    void whatAJobWentOnFromIsKeptUntilItHasACheckpointOfItsOwn() {
        try (AnalyticsServer server = start(folder, jobs)) {
            run(server, "app");
            MemoryJobs.Job first = jobs.awaitRunning("app");
            jobs.checkpoint(first.id());
            jobs.fail(first.id(), "It fell over");
            MemoryJobs.Job second = jobs.await(
                    "app", job -> !job.id().equals(first.id()) && job.status().state() == JobStatus.State.RUNNING);
            Leftovers leftovers = new Leftovers(
                    org.springframework.jdbc.core.simple.JdbcClient.create(server.bean(javax.sql.DataSource.class)),
                    jobs);

            leftovers.sweep();
            assertThat(jobs.checkpointedRuns()).contains(first.specification().run());

            jobs.checkpoint(second.id());
            leftovers.sweep();
            assertThat(jobs.checkpointedRuns())
                    .containsExactly(second.specification().run());
        }
    }

    @Test
    void aSavepointThatIsNotTakenIsReplacedByTheNewestCheckpoint() {
        try (AnalyticsServer server = start(folder, jobs)) {
            create(server, "app", CODE.replace("SELECT x", "SELECT 'UNSTOPPABLE'"));
            server.second().startApplication(request -> request.applicationName("app"));
            server.awaitStatus("app", "RUNNING");
            MemoryJobs.Job job = jobs.awaitRunning("app");
            String checkpoint = jobs.checkpoint(job.id());

            server.second().stopApplication(request -> request.applicationName("app"));
            server.awaitStatus("app", "READY");

            assertThat(jobs.of("app")).allMatch(each -> each.status().state() == JobStatus.State.CANCELED);
            server.second().startApplication(request -> request.applicationName("app"));
            assertThat(jobs.awaitRunning("app").restoredFrom()).isEqualTo(checkpoint);
            server.awaitStatus("app", "RUNNING");
        }
    }

    @Test
    void twoProcessesStartEachApplicationOnceAndOneGoesOnWithWhatTheOtherLeft() {
        MemoryJobs others = new MemoryJobs();
        try (AnalyticsServer one = start(folder, jobs);
                AnalyticsServer two = start(AnalyticsServer.newFolder(), others)) {
            for (int i = 0; i < 5; i++) {
                run(one, "app-" + i);
            }
            for (int i = 0; i < 5; i++) {
                assertThat(jobs.of("app-" + i).size() + others.of("app-" + i).size())
                        .isEqualTo(1);
            }
            one.close();

            for (int i = 0; i < 5; i++) {
                assertThat(others.awaitRunning("app-" + i).status().state()).isEqualTo(JobStatus.State.RUNNING);
            }
            assertThat(two.status("app-0")).isEqualTo("RUNNING");
        }
    }

    @Test
    void aJobThatTookTooMuchIsStoppedWithWhatItHadComeToAndNotStartedAgain() {
        try (AnalyticsServer server = start(folder, jobs)) {
            run(server, "app");
            run(server, "other");
            MemoryJobs.Job job = jobs.awaitRunning("app");
            String checkpoint = jobs.checkpoint(job.id());

            jobs.exhaust(job.id(), "The job's state has grown to 20000 MB");
            server.awaitStatus("app", "READY");

            assertThat(jobs.of("app"))
                    .singleElement()
                    .satisfies(each -> assertThat(each.status().state()).isEqualTo(JobStatus.State.CANCELED));
            assertThat(server.bean(Applications.class).get("app").failure()).contains("has grown");
            assertThat(incidents(server, "app")).first().isEqualTo("The job's state has grown to 20000 MB");
            assertThat(server.status("other")).isEqualTo("RUNNING");

            server.second().startApplication(request -> request.applicationName("app"));
            assertThat(jobs.awaitRunning("app").restoredFrom()).isEqualTo(checkpoint);
            server.awaitStatus("app", "RUNNING");
        }
    }

    @Test
    void thereAreOnlySoManyApplications() {
        try (AnalyticsServer server =
                new AnalyticsServer(database, folder, jobs, "--riacho.analytics.max-applications=2")) {
            create(server, "one", CODE);
            create(server, "two", CODE);

            assertThatThrownBy(() -> create(server, "three", CODE))
                    .isInstanceOf(LimitExceededException.class)
                    .hasMessageContaining("at most 2");
        }
    }

    @Test
    void aStartWaitsForRoomAndIsNotGivenUp() {
        try (AnalyticsServer server = start(folder, jobs)) {
            run(server, "app");
            MemoryJobs.Job first = jobs.awaitRunning("app");
            jobs.setBusy(true);
            jobs.fail(first.id(), "It fell over");
            create(server, "late", CODE);
            assertThatThrownBy(() -> server.second().startApplication(request -> request.applicationName("late")))
                    .isInstanceOfSatisfying(
                            KinesisAnalyticsV2Exception.class,
                            e -> assertThat(e.statusCode()).isEqualTo(503));
            AnalyticsServer.await(() -> !incidents(server, "app").isEmpty(), "the failure is seen");

            jobs.setBusy(false);

            jobs.awaitRunning("app");
            assertThat(server.status("app")).isEqualTo("RUNNING");
            assertThat(incidents(server, "app")).containsExactly("It fell over");
        }
    }

    private static List<String> incidents(AnalyticsServer server, String name) {
        return server
                .bean(ApplicationLog.class)
                .incidents(server.bean(Applications.class).get(name).id())
                .stream()
                .map(ApplicationLog.Incident::message)
                .toList();
    }

    private AnalyticsServer start(Path folder, MemoryJobs jobs) {
        return new AnalyticsServer(database, folder, jobs);
    }

    private void set(String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection(database.url(), database.user(), database.password());
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    static void run(AnalyticsServer server, String name) {
        create(server, name, CODE);
        server.second().startApplication(request -> request.applicationName(name));
        server.awaitStatus(name, "RUNNING");
    }

    private static void create(AnalyticsServer server, String name, String code) {
        server.second()
                .createApplication(request -> request.applicationName(name)
                        .runtimeEnvironment("FLINK-1_20")
                        .serviceExecutionRole(ROLE)
                        .applicationConfiguration(configuration -> configuration.applicationCodeConfiguration(given ->
                                given.codeContentType("PLAINTEXT").codeContent(content -> content.textContent(code)))));
    }
}
