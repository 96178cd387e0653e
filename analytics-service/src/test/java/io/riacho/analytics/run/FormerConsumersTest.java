package io.riacho.analytics.run;

import static io.riacho.analytics.AnalyticsServer.newName;
import static org.assertj.core.api.Assertions.assertThat;

import io.riacho.analytics.AnalyticsServer;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.kinesis.KinesisClient;

/** Consumers of enhanced fan-out that jobs registered, in a process that has Kinesis Data Streams, too. */
class FormerConsumersTest {

    private static final String ROLE = "arn:aws:iam::" + AnalyticsServer.ACCOUNT + ":role/registrar";

    private final AnalyticsServer server = AnalyticsServer.withStreams();
    private final KinesisClient kinesis = server.kinesis();
    private final String name = newName();
    private final String stream = "stream-of-" + name;

    @BeforeEach
    void start() {
        server.users().with("ASIAregistrar", "{\"Effect\":\"Allow\",\"Action\":\"kinesis:*\",\"Resource\":\"*\"}");
        AnalyticsServer.makeStream(kinesis, stream, 1);
        register("own");
        register("others");
    }

    @AfterEach
    void stop() {
        kinesis.close();
    }

    @Test
    void thoseOfAnApplicationThatIsDeletedAreDeregistered() {
        run(ROLE, code("own", "JOB_MANAGED"));

        delete();

        awaitConsumers("others");
    }

    @Test
    void thoseThatOthersLookAfterStay() {
        run(ROLE, code("others", "SELF_MANAGED") + code("own", "JOB_MANAGED").replace("ticks", "more"));

        delete();

        awaitConsumers("others");
    }

    @Test
    void oneThatTheRunningCodeDoesNotNameAnyMoreIsDeregistered() {
        run(ROLE, code("own", "JOB_MANAGED"));

        server.second()
                .updateApplication(request -> request.applicationName(name)
                        .currentApplicationVersionId(1L)
                        .applicationConfigurationUpdate(configuration ->
                                configuration.applicationCodeConfigurationUpdate(update -> update.codeContentUpdate(
                                        content -> content.textContentUpdate(RecoveryTest.CODE)))));
        server.awaitStatus(name, "RUNNING");

        awaitConsumers("others");
    }

    /** As after a crash: it is written down, and the first that sweeps does it. */
    @Test
    void whatCouldNotBeDoneIsTriedAgain() {
        run("arn:aws:iam::" + AnalyticsServer.ACCOUNT + ":role/late-" + name, code("own", "JOB_MANAGED"));
        delete();
        AnalyticsServer.await(
                () -> jdbc().sql("select count(*) from analytics.former_consumer where not_before > since")
                                .query(Long.class)
                                .single()
                        == 1,
                "it was tried in vain");
        assertThat(consumers()).containsExactlyInAnyOrder("own", "others");

        server.users()
                .with(
                        "ASIAlate-" + name,
                        "{\"Effect\":\"Allow\",\"Action\":\"kinesis:DeregisterStreamConsumer\",\"Resource\":\"*\"}");
        int unused = jdbc().sql("update analytics.former_consumer set not_before = since")
                .update();

        awaitConsumers("others");
        AnalyticsServer.await(
                () -> jdbc().sql("select count(*) from analytics.former_consumer")
                                .query(Long.class)
                                .single()
                        == 0,
                "it is forgotten");
    }

    private org.springframework.jdbc.core.simple.JdbcClient jdbc() {
        return org.springframework.jdbc.core.simple.JdbcClient.create(server.bean(javax.sql.DataSource.class));
    }

    private String code(String consumer, String lifecycle) {
        return """
            CREATE TABLE ticks (x INT) WITH ('connector' = 'kinesis', 'stream' = '%s', 'format' = 'json',
                'source.reader.type' = 'EFO', 'source.efo.consumer.name' = '%s', 'source.efo.lifecycle' = '%s');
            CREATE TABLE nowhere (x INT) WITH ('connector' = 'blackhole');
            INSERT INTO nowhere SELECT x FROM ticks;
            """.formatted(stream, consumer, lifecycle);
    }

    /** As the job's source does, which is in memory here. */
    private void register(String consumer) {
        kinesis.registerStreamConsumer(request -> request.streamARN(arn()).consumerName(consumer));
    }

    private void run(String role, String code) {
        server.second()
                .createApplication(request -> request.applicationName(name)
                        .runtimeEnvironment("FLINK-1_20")
                        .serviceExecutionRole(role)
                        .applicationConfiguration(configuration -> configuration.applicationCodeConfiguration(given ->
                                given.codeContentType("PLAINTEXT").codeContent(content -> content.textContent(code)))));
        server.second().startApplication(request -> request.applicationName(name));
        server.awaitStatus(name, "RUNNING");
    }

    private void delete() {
        var created = server.second()
                .describeApplication(request -> request.applicationName(name))
                .applicationDetail()
                .createTimestamp();
        server.second()
                .deleteApplication(request -> request.applicationName(name).createTimestamp(created));
    }

    private String arn() {
        return "arn:aws:kinesis:" + AnalyticsServer.REGION + ":" + AnalyticsServer.ACCOUNT + ":stream/" + stream;
    }

    private List<String> consumers() {
        return kinesis.listStreamConsumers(request -> request.streamARN(arn())).consumers().stream()
                .map(consumer -> consumer.consumerName())
                .toList();
    }

    private void awaitConsumers(String... names) {
        AnalyticsServer.await(() -> consumers().equals(List.of(names)), "the consumers are " + List.of(names));
    }
}
