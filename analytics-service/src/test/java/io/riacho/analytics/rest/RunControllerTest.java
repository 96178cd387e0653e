package io.riacho.analytics.rest;

import static io.riacho.analytics.AnalyticsServer.ROLE;
import static io.riacho.analytics.AnalyticsServer.arn;
import static io.riacho.analytics.AnalyticsServer.newName;
import static org.assertj.core.api.Assertions.assertThat;

import io.riacho.analytics.AnalyticsServer;
import io.riacho.analytics.job.MemoryJobs;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What jobs ask of the service, and what people look at meanwhile. */
class RunControllerTest {

    private static final String CODE = """
        CREATE TABLE a (x INT) WITH ('connector' = 'datagen');
        CREATE TABLE b (x INT) WITH ('connector' = 'blackhole');
        INSERT INTO b SELECT x FROM a;
        """;

    private final AnalyticsServer server = AnalyticsServer.shared();
    private final String name = newName();

    @Test
    void aJobGetsTheSessionsOfItsRoleByItsToken() throws Exception {
        Map<String, String> settings = start(ROLE);

        HttpResponse<String> answer = get(settings.get("riacho.credentials.uri"), token(settings));

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Cache-Control")).contains("no-store");
        JsonNode credentials = JsonMapper.shared().readTree(answer.body());
        assertThat(credentials.propertyNames())
                .containsExactlyInAnyOrder("AccessKeyId", "SecretAccessKey", "Token", "Expiration");
        assertThat(credentials.path("AccessKeyId").asString()).isEqualTo("ASIAanalyst");
        assertThat(credentials.path("Token").asString()).isEqualTo(arn(name));
    }

    @Test
    void nobodyElseGetsThem() throws Exception {
        Map<String, String> settings = start(ROLE);
        String uri = String.valueOf(settings.get("riacho.credentials.uri"));
        String run = uri.substring(0, uri.indexOf("/credentials"));

        assertThat(get(uri, null).statusCode()).isEqualTo(403);
        assertThat(get(uri, "wrong").statusCode()).isEqualTo(403);
        assertThat(get(run.substring(0, run.length() - 1) + "x/credentials/0", token(settings))
                        .statusCode())
                .isEqualTo(403);
        assertThat(get(run + "/credentials/1", token(settings)).statusCode()).isEqualTo(404);
        assertThat(get(run + "/credentials/-1", token(settings)).statusCode()).isEqualTo(404);

        String other = newName();
        Map<String, String> others = start(other, ROLE);
        assertThat(get(uri, token(others)).statusCode())
                .as("the token of another run")
                .isEqualTo(403);
        assertThat(get(others.get("riacho.preview.uri"), token(settings)).statusCode())
                .isEqualTo(403);

        server.second().stopApplication(request -> request.applicationName(name));
        server.awaitStatus(name, "READY");
        AnalyticsServer.await(
                () -> {
                    try {
                        return get(uri, token(settings)).statusCode() == 403;
                    } catch (IOException | InterruptedException e) {
                        throw new IllegalStateException(e);
                    }
                },
                "the token of a run that is over opens nothing");
    }

    @Test
    void aRoleThatDoesNotTrustTheServiceIsTold() throws Exception {
        Map<String, String> settings = start("arn:aws:iam::123456789012:role/stranger");

        HttpResponse<String> answer = get(settings.get("riacho.credentials.uri"), token(settings));

        assertThat(answer.statusCode()).isEqualTo(403);
        assertThat(answer.body()).contains("does not trust kinesisanalytics.amazonaws.com");
    }

    @Test
    void rowsGoToWhoeverLooksAtTheirStream() throws Exception {
        Map<String, String> settings = startSql();
        String preview = String.valueOf(settings.get("riacho.preview.uri"));
        assertThat(get(preview, token(settings)).body()).startsWith("{\"streams\":[],\"version\":");

        HttpResponse<InputStream> events = server.http()
                .send(
                        server.get(server.users().root(), "/v1/applications/" + name + "/preview?stream=DESTINATION"),
                        HttpResponse.BodyHandlers.ofInputStream());
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(events.body(), StandardCharsets.UTF_8))) {
            assertThat(events.statusCode()).isEqualTo(200);
            assertThat(lines.readLine()).isEqualTo("retry: 1000");
            assertThat(get(preview, token(settings)).body()).startsWith("{\"streams\":[\"DESTINATION\"],");
            assertThat(post(preview, token(settings), "{\"stream\":\"OTHER\",\"rows\":[{\"X\":0}]}")
                            .statusCode())
                    .isEqualTo(204);
            assertThat(post(preview, token(settings), "{\"stream\":\"DESTINATION\",\"rows\":[{\"X\": 1},7,{\"X\":2}]}")
                            .statusCode())
                    .isEqualTo(204);

            List<String> told = new ArrayList<>();
            while (!told.contains("data: {\"X\":2}")) {
                String line = lines.readLine();
                assertThat(line).as("the events do not end here").isNotNull();
                if (line != null && !line.isEmpty()) {
                    told.add(line);
                }
            }
            assertThat(told)
                    .containsExactlyInAnyOrder(
                            "event: dropped", "data: {\"rows\":1}", "data: {\"X\":1}", "data: {\"X\":2}");
        }
    }

    @Test
    void aJobIsToldAtOnceThatSomebodyLooks() throws Exception {
        Map<String, String> settings = startSql();
        String preview = String.valueOf(settings.get("riacho.preview.uri"));
        JsonNode before =
                JsonMapper.shared().readTree(get(preview, token(settings)).body());

        var told = server.http()
                .sendAsync(
                        HttpRequest.newBuilder(URI.create(preview + "?after="
                                        + before.path("version").asLong()))
                                .header("Authorization", token(settings))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
        HttpResponse<InputStream> events = server.http()
                .send(
                        server.get(server.users().root(), "/v1/applications/" + name + "/preview?stream=DESTINATION"),
                        HttpResponse.BodyHandlers.ofInputStream());

        assertThat(told.get().body()).startsWith("{\"streams\":[\"DESTINATION\"],");
        events.body().close();
    }

    @Test
    void rowsAreTakenOfTheJobAlone() throws Exception {
        Map<String, String> settings = start(ROLE);
        String preview = String.valueOf(settings.get("riacho.preview.uri"));

        assertThat(post(preview, "wrong", "{}").statusCode()).isEqualTo(403);
        assertThat(post(preview, token(settings), "x".repeat(3_000_000)).statusCode())
                .isEqualTo(413);
        assertThat(post(preview, token(settings), "no JSON").statusCode()).isEqualTo(400);
    }

    @Test
    @Timeout(60)
    void whoMayNotLookAnyMoreSeesNoFurtherRows() throws Exception {
        Map<String, String> settings = startSql();
        var user = server.users().with("{\"Effect\":\"Allow\",\"Action\":\"kinesisanalytics:*\",\"Resource\":\"*\"}");

        HttpResponse<InputStream> events = server.http()
                .send(
                        server.get(user, "/v1/applications/" + name + "/preview?stream=DESTINATION"),
                        HttpResponse.BodyHandlers.ofInputStream());
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(events.body(), StandardCharsets.UTF_8))) {
            assertThat(lines.readLine()).isEqualTo("retry: 1000");
            server.users()
                    .with(
                            user.accessKeyId(),
                            "{\"Effect\":\"Deny\",\"Action\":\"kinesisanalytics:*\",\"Resource\":\"*\"}");

            assertThat(lines.lines().filter(line -> !line.isEmpty()))
                    .startsWith("event: problem")
                    .last()
                    .asString()
                    .contains("not authorized");
        }
        assertThat(get(settings.get("riacho.preview.uri"), token(settings)).body())
                .startsWith("{\"streams\":[],");
    }

    @Test
    void lookingAtRowsNeedsItsOwnPermission() throws Exception {
        start(ROLE);
        var user = server.users()
                .with("{\"Effect\":\"Allow\",\"Action\":\"kinesisanalytics:Describe*\",\"Resource\":\"*\"}");

        HttpResponse<String> preview = server.http()
                .send(
                        server.get(user, "/v1/applications/" + name + "/preview?stream=A"),
                        HttpResponse.BodyHandlers.ofString());
        assertThat(preview.statusCode()).isEqualTo(403);
        assertThat(preview.body()).contains("kinesisanalytics:GetApplicationState");
        HttpResponse<String> activity = server.http()
                .send(server.get(user, "/v1/applications/" + name + "/activity"), HttpResponse.BodyHandlers.ofString());
        assertThat(activity.statusCode()).isEqualTo(200);
        assertThat(activity.body()).contains("\"status\":\"RUNNING\"").contains("\"errors\":[]");
    }

    @Test
    void anApplicationThatIsNotThereHasNoPreview() throws Exception {
        HttpResponse<String> answer = server.http()
                .send(
                        server.get(server.users().root(), "/v1/applications/not-there/preview?stream=A"),
                        HttpResponse.BodyHandlers.ofString());

        assertThat(answer.statusCode()).isEqualTo(404);
    }

    @Test
    void aFlinkApplicationHasNothingToBeLookedAt() throws Exception {
        start(ROLE);

        HttpResponse<String> answer = server.http()
                .send(
                        server.get(server.users().root(), "/v1/applications/" + name + "/preview?stream=v"),
                        HttpResponse.BodyHandlers.ofString());

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).contains("no in-application streams");
    }

    private Map<String, String> startSql() {
        server.second()
                .createApplication(request -> request.applicationName(name)
                        .runtimeEnvironment("SQL-1_0")
                        .serviceExecutionRole(ROLE)
                        .applicationConfiguration(configuration -> configuration
                                .applicationCodeConfiguration(given -> given.codeContentType("PLAINTEXT")
                                        .codeContent(content -> content.textContent("SELECT")))
                                .sqlApplicationConfiguration(sql -> sql.inputs(input -> input.namePrefix("P")
                                        .kinesisStreamsInput(stream -> stream.resourceARN(AnalyticsServer.STREAM))
                                        .inputSchema(
                                                schema -> schema.recordFormat(format -> format.recordFormatType("JSON"))
                                                        .recordColumns(column -> column.name("A")
                                                                .mapping("$.a")
                                                                .sqlType("INTEGER")))))));
        server.second().startApplication(request -> request.applicationName(name));
        MemoryJobs.Job job = server.jobs().awaitRunning(name);
        server.awaitStatus(name, "RUNNING");
        return job.specification().settings();
    }

    private Map<String, String> start(String role) {
        return start(name, role);
    }

    private Map<String, String> start(String name, String role) {
        server.second()
                .createApplication(request -> request.applicationName(name)
                        .runtimeEnvironment("FLINK-1_20")
                        .serviceExecutionRole(role)
                        .applicationConfiguration(configuration -> configuration.applicationCodeConfiguration(given ->
                                given.codeContentType("PLAINTEXT").codeContent(content -> content.textContent(CODE)))));
        server.second().startApplication(request -> request.applicationName(name));
        MemoryJobs.Job job = server.jobs().awaitRunning(name);
        server.awaitStatus(name, "RUNNING");
        return job.specification().settings();
    }

    private static String token(Map<String, String> settings) {
        return String.valueOf(settings.get("riacho.credentials.token"));
    }

    private HttpResponse<String> get(
            @org.jspecify.annotations.Nullable String uri, @org.jspecify.annotations.Nullable String token)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(String.valueOf(uri)));
        if (token != null) {
            request.header("Authorization", token);
        }
        return server.http().send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private HttpResponse<String> post(String uri, String token, String body) throws IOException, InterruptedException {
        return server.http()
                .send(
                        HttpRequest.newBuilder(URI.create(uri))
                                .header("Authorization", token)
                                .header("Content-Type", "application/json")
                                .POST(HttpRequest.BodyPublishers.ofString(body))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
    }
}
