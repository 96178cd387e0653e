package io.riacho.compatibility;

import static io.riacho.compatibility.Policies.allow;
import static io.riacho.compatibility.Policies.stream;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.fail;

import io.riacho.compatibility.TestIdentities.User;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** boto3's clients and credentials providers: the tests are in {@code access.py}, and run in one process of Python's. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class Boto3AccessTest {

    @RegisterExtension
    private static final TestServer SERVER = TestServer.withoutLimits();

    private static final JsonMapper JSON = new JsonMapper();

    @TempDir
    private static Path folder;

    private TestIdentities identities;
    private TestStreams streams;
    private OAuth oauth;

    @BeforeAll
    void connect() {
        Boto3Test.assumeInstalled();
        identities = new TestIdentities(SERVER.target());
        streams = new TestStreams(SERVER.target());
        oauth = new OAuth(SERVER.target());
    }

    @AfterAll
    void clean() {
        if (oauth != null) {
            oauth.close();
            streams.close();
            identities.close();
        }
    }

    @TestFactory
    List<DynamicTest> boto3() throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder("python3", "access.py")
                .directory(Path.of("src", "test", "python").toFile())
                .redirectError(ProcessBuilder.Redirect.INHERIT);
        ClientEnvironment.set(builder.environment(), SERVER.target());
        builder.environment().putAll(surroundings());
        Process process = builder.start();
        List<String> outcomes = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
                .lines()
                .toList();
        assertThat(process.waitFor()).isZero();
        assertThat(outcomes).hasSizeGreaterThan(10);
        return outcomes.stream().map(JSON::readTree).map(Boto3AccessTest::test).toList();
    }

    private static DynamicTest test(JsonNode outcome) {
        return DynamicTest.dynamicTest(outcome.path("test").asString(), () -> {
            if (!outcome.path("failure").isNull()) {
                fail(outcome.path("failure").asString());
            }
        });
    }

    private Map<String, String> surroundings() throws IOException {
        String clicks = streams.create(1);
        String orders = streams.create(1);
        User user = identities.user();
        OAuth.Client client = oauth.client(user.arn());
        String putClicks = allow("kinesis:PutRecord", stream(clicks));
        String webRole = identities.role(oauth.trust(client), putClicks);
        String containerRole = identities.role(Policies.trust(user.arn()), putClicks);
        Path token = Files.writeString(folder.resolve("web-token"), oauth.token(client));
        return Map.of(
                "NAME_PREFIX",
                identities.name("boto3-"),
                "STREAM",
                clicks,
                "OTHER_STREAM",
                orders,
                "FOLDER",
                folder.toString(),
                "WEB_ROLE",
                webRole,
                "WEB_TOKEN_FILE",
                token.toString(),
                "CONTAINER_URL",
                Endpoints.auth(SERVER.target().url())
                        .resolve("/v1/credentials/" + containerRole.substring(containerRole.lastIndexOf('/') + 1))
                        .toString(),
                "CONTAINER_TOKEN",
                oauth.token(client));
    }
}
