package io.riacho.streams.wire;

import io.riacho.postgres.TestPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A server in a process of its own, that can be killed ({@code kill -9}) and started again; its database lives on, and so
 * do the keys of its KMS.
 */
final class KillableServer implements AutoCloseable {

    private static final Duration START_LIMIT = Duration.ofSeconds(90);

    private static final JsonMapper MAPPER = JsonMapper.shared();

    private final Path folder;
    private final TestPostgres.Database database = TestPostgres.newDatabase();
    private final List<String> properties;
    private @Nullable Process process;
    private @Nullable WireClient client;
    private String accessKeyId = "";
    private String secretKey = "";
    private String otherAccessKeyId = "";
    private String otherSecretKey = "";

    /** @param folder an empty one */
    KillableServer(Path folder, String... properties) {
        this.folder = folder;
        this.properties = List.of(properties);
    }

    /** The process. Tells where it listens in the file that its first argument names. */
    public static void main(String[] arguments) throws IOException {
        SpringApplication application = new SpringApplication(WireServer.Application.class);
        application.addInitializers(
                started -> started.getBeanFactory().registerSingleton("testUsers", new TestUsers(WireServer.ACCOUNT)));
        ConfigurableApplicationContext context =
                application.run(List.of(arguments).subList(1, arguments.length).toArray(String[]::new));
        TestUsers.User root = context.getBean(TestUsers.class).root();
        TestUsers.User other = context.getBean(TestUsers.class).with(TestUsers.allowing("*", "*"));
        Path written = Path.of(arguments[0] + ".new");
        Files.writeString(
                written,
                Objects.requireNonNull(((WebServerApplicationContext) context).getWebServer())
                                .getPort() + "\n" + root.accessKeyId() + "\n" + root.secretKey() + "\n"
                        + other.accessKeyId()
                        + "\n" + other.secretKey());
        Files.move(written, Path.of(arguments[0]), StandardCopyOption.ATOMIC_MOVE);
    }

    /** Returns when it answers. */
    void start() throws IOException {
        Path told = folder.resolve("told");
        Files.deleteIfExists(told);
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-Xmx384m",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                KillableServer.class.getName(),
                told.toString(),
                "--spring.config.name=streams-service",
                "--server.port=0",
                "--riacho.data=" + data(),
                "--riacho.account-id=" + WireServer.ACCOUNT,
                "--riacho.region=" + WireServer.REGION,
                "--test.kms-seed=7",
                "--spring.datasource.url=" + database.url(),
                "--spring.datasource.username=" + database.user(),
                "--spring.datasource.password=" + database.password()));
        command.addAll(properties);
        Process started = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(
                        folder.resolve("server.log").toFile()))
                .start();
        process = started;
        WireServer.await(START_LIMIT, () -> Files.exists(told) || !started.isAlive());
        if (!Files.exists(told)) {
            throw new IllegalStateException(
                    "The server did not start:\n" + Files.readString(folder.resolve("server.log")));
        }
        List<String> lines = Files.readAllLines(told);
        accessKeyId = lines.get(1);
        secretKey = lines.get(2);
        otherAccessKeyId = lines.get(3);
        otherSecretKey = lines.get(4);
        client = new WireClient(URI.create("http://127.0.0.1:" + lines.get(0)), WireServer.REGION);
    }

    Path data() {
        return folder.resolve("data");
    }

    void kill() {
        Process running = process;
        if (running != null) {
            running.destroyForcibly();
            try {
                if (!running.waitFor(60, TimeUnit.SECONDS)) {
                    throw new IllegalStateException("it outlives kill -9");
                }
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    /** The database, which outlives the server. */
    JdbcClient jdbc() {
        return JdbcClient.create(new DriverManagerDataSource(database.url(), database.user(), database.password()));
    }

    /** The same as a user that is not the root. */
    WireAnswer callAsOther(String operation, Object... members) {
        return send(otherAccessKeyId, otherSecretKey, operation, members);
    }

    /** @throws UncheckedIOException where it was killed meanwhile */
    WireAnswer call(String operation, Object... members) {
        return send(accessKeyId, secretKey, operation, members);
    }

    private WireAnswer send(String keyId, String secret, String operation, Object[] members) {
        WireClient connected = client;
        if (connected == null) {
            throw new IllegalStateException("it was not started");
        }
        return connected.call(
                keyId, secret, operation, WireClient.JSON, MAPPER.writeValueAsBytes(WireServer.object(members)));
    }

    JsonNode summary(String stream) {
        return call("DescribeStreamSummary", "StreamName", stream).json().path("StreamDescriptionSummary");
    }

    void awaitActive(String stream) {
        WireServer.await(() -> summary(stream).path("StreamStatus").asString().equals("ACTIVE"));
    }

    @Override
    public void close() {
        kill();
    }
}
