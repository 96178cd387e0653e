package io.riacho.analytics.rest;

import static io.riacho.analytics.AnalyticsServer.newName;
import static org.assertj.core.api.Assertions.assertThat;

import io.riacho.analytics.AnalyticsServer;
import io.riacho.analytics.job.MemoryJobs;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What people look at of a job, and what they are told of code before they store it. */
class JobControllerTest {

    private static final String CODE = """
        CREATE TABLE a (x INT) WITH ('connector' = 'datagen');
        CREATE TABLE b (x INT) WITH ('connector' = 'blackhole');
        INSERT INTO b SELECT x FROM a;
        """;

    private final AnalyticsServer server = AnalyticsServer.shared();
    private final String name = newName();

    @Test
    void theGraphIsThatOfTheJobThatRuns() throws Exception {
        create();
        assertThat(graph(server.users().root()).path("vertices").isEmpty()).isTrue();
        server.second().startApplication(request -> request.applicationName(name));
        MemoryJobs.Job job = server.jobs().awaitRunning(name);
        server.awaitStatus(name, "RUNNING");
        server.jobs().measure(job.id(), Map.of("numRecordsIn", 7.0));

        JsonNode vertices = graph(server.users().root()).path("vertices");

        assertThat(vertices.size()).isEqualTo(1);
        assertThat(vertices.path(0).path("name").asString()).isEqualTo("all of " + name);
        assertThat(vertices.path(0).path("state").asString()).isEqualTo("RUNNING");
        assertThat(vertices.path(0).path("inputs").isArray()).isTrue();
        assertThat(vertices.path(0).path("metrics").path("numRecordsIn").asDouble())
                .isEqualTo(7);
    }

    @Test
    void theGraphNeedsThePermissionThatLookingAtRowsNeeds() throws Exception {
        create();

        assertThat(graph(user("kinesisanalytics:GetApplicationState")).has("vertices"))
                .isTrue();
        HttpResponse<String> denied = send(server.get(user("kinesisanalytics:Describe*"), path("graph")));
        assertThat(denied.statusCode()).isEqualTo(403);
        assertThat(denied.body()).contains("kinesisanalytics:GetApplicationState");
    }

    @Test
    void codeIsLookedAtAsAStartWouldAndNothingIsStored() throws Exception {
        create();

        assertThat(check(CODE).path("problems").isEmpty()).isTrue();
        JsonNode syntax = check(CODE + "SELECT SELECT").path("problems").path(0);
        assertThat(syntax.path("line").asInt()).isEqualTo(4);
        assertThat(syntax.path("column").asInt()).isPositive();
        assertThat(syntax.path("message").asString()).isNotBlank();
        JsonNode planned = check(CODE.replace("SELECT x", "SELECT BROKEN"))
                .path("problems")
                .path(0);
        assertThat(planned.path("line").asInt()).isEqualTo(1);
        assertThat(planned.path("column").asInt()).isEqualTo(7);
        JsonNode nowhere = check(" ").path("problems").path(0);
        assertThat(nowhere.path("message").asString()).contains("no code");
        assertThat(nowhere.has("line")).isFalse();

        var detail = server.second()
                .describeApplication(request -> request.applicationName(name))
                .applicationDetail();
        assertThat(detail.applicationVersionId()).isEqualTo(1);
        assertThat(server.jobs().of(name)).isEmpty();
    }

    @Test
    void whoMayNotUpdateIsToldNothingOfCode() throws Exception {
        create();

        HttpResponse<String> denied =
                send(server.post(user("kinesisanalytics:Describe*"), path("check"), "SELECT SELECT"));

        assertThat(denied.statusCode()).isEqualTo(403);
        assertThat(denied.body()).contains("kinesisanalytics:UpdateApplication");
    }

    @Test
    void codeThatIsTooLongOrWaitsForThePlannerIsRefused() throws Exception {
        create();
        AwsBasicCredentials root = server.users().root();

        assertThat(send(server.post(root, path("check"), "x".repeat(102_401))).statusCode())
                .isEqualTo(400);
        server.jobs().setBusy(true);
        try {
            assertThat(send(server.post(root, path("check"), CODE)).statusCode())
                    .isEqualTo(503);
        } finally {
            server.jobs().setBusy(false);
        }
    }

    private JsonNode check(String code) throws IOException, InterruptedException {
        return json(send(server.post(user("kinesisanalytics:UpdateApplication"), path("check"), code)));
    }

    private JsonNode graph(AwsBasicCredentials user) throws IOException, InterruptedException {
        return json(send(server.get(user, path("graph"))));
    }

    private String path(String of) {
        return "/v1/applications/" + name + "/" + of;
    }

    private AwsBasicCredentials user(String action) {
        return server.users().with("{\"Effect\":\"Allow\",\"Action\":\"" + action + "\",\"Resource\":\"*\"}");
    }

    private HttpResponse<String> send(HttpRequest request) throws IOException, InterruptedException {
        return server.http().send(request, HttpResponse.BodyHandlers.ofString());
    }

    private static JsonNode json(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return JsonMapper.shared().readTree(answer.body());
    }

    private void create() {
        server.second()
                .createApplication(request -> request.applicationName(name)
                        .runtimeEnvironment("FLINK-1_20")
                        .serviceExecutionRole(AnalyticsServer.ROLE)
                        .applicationConfiguration(configuration -> configuration.applicationCodeConfiguration(given ->
                                given.codeContentType("PLAINTEXT").codeContent(content -> content.textContent(CODE)))));
    }
}
