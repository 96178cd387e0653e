package io.riacho.streams;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What a prober is told while parts of the server do not work, and afterwards. With a database of its own, to be stopped. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ReadinessTest {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final Duration PATIENCE = Duration.ofSeconds(45);
    private static final int UP = 200;
    private static final int DOWN = 503;

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private static Path folder;

    private EmbeddedPostgres postgres;
    private ConfigurableApplicationContext server;
    private URI endpoint;
    private boolean mounted;

    @BeforeAll
    void start() throws Exception {
        Path data = Files.createDirectory(folder.resolve("data"));
        // On a small file system of its own, to be filled, where that may be mounted.
        mounted = run("mount", "-t", "tmpfs", "-o", "size=24m", "tmpfs", data.toString()) == 0;
        postgres = startPostgres(0);
        server = SpringApplication.run(
                StreamsApplication.class,
                "--spring.config.name=streams-service",
                "--server.port=0",
                "--riacho.data=" + data,
                "--riacho.tls.enabled=false",
                "--RIACHO_ROOT_ACCESS_KEY_ID=AKIAROOT",
                "--RIACHO_ROOT_SECRET_ACCESS_KEY=secret",
                "--riacho.streams.log.journal-file-size=2MB",
                "--spring.datasource.url=" + postgres.getJdbcUrl("postgres", "postgres"),
                "--spring.datasource.username=postgres",
                "--spring.datasource.password=postgres");
        endpoint = URI.create("http://127.0.0.1:" + server.getEnvironment().getProperty("local.server.port"));
    }

    @AfterAll
    void stop() throws Exception {
        try {
            server.close();
            postgres.close();
        } finally {
            if (mounted) {
                // Lazily: the journal of usage stays mapped.
                run("umount", "-l", folder.resolve("data").toString());
            }
        }
    }

    private EmbeddedPostgres startPostgres(int port) throws IOException {
        return EmbeddedPostgres.builder()
                .setPort(port)
                .setDataDirectory(folder.resolve("postgres"))
                .setCleanDataDirectory(false)
                .setServerConfig("fsync", "off")
                .start();
    }

    private record Answer(int status, JsonNode body) {

        String status(String component) {
            return body.path("components").path(component).path("status").asString();
        }

        String reason(String component) {
            return body.path("components")
                    .path(component)
                    .path("details")
                    .path("reason")
                    .asString();
        }
    }

    private Answer ask(String path) throws Exception {
        HttpResponse<String> answer = HTTP.send(
                HttpRequest.newBuilder(endpoint.resolve("/actuator/health" + path))
                        .timeout(PATIENCE)
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        return new Answer(answer.statusCode(), JSON.readTree(answer.body()));
    }

    private Answer await(Predicate<Answer> condition) throws Exception {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            Answer answer = ask("/readiness");
            if (condition.test(answer)) {
                return answer;
            }
            assertThat(System.nanoTime()).as("%s", answer).isLessThan(deadline);
            Thread.sleep(20);
        }
    }

    private void isDownBecauseOf(String component, String... reasons) throws Exception {
        Answer ready = await(answer -> answer.status() == DOWN);
        assertThat(ready.status(component)).isEqualTo("DOWN");
        assertThat(ready.reason(component)).isIn((Object[]) reasons);
        assertThat(ask("").status()).isEqualTo(DOWN);
        // A restart would not help.
        assertThat(ask("/liveness").status()).isEqualTo(UP);
    }

    private void isUpAgain() throws Exception {
        Answer ready = await(answer -> answer.status() == UP);
        assertThat(ready.status("database")).isEqualTo("UP");
        assertThat(ready.status("log")).isEqualTo("UP");
    }

    @Test
    void aDatabaseThatIsStoppedIsNamedUntilItIsThereAgain() throws Exception {
        isUpAgain();
        int port = postgres.getPort();
        postgres.close();
        // The pool waits for a connection longer than a prober does.
        isDownBecauseOf("database", "does not answer", "cannot be reached");
        postgres = startPostgres(port);
        isUpAgain();
    }

    @Test
    void aFullDiskIsNamedUntilThereIsRoom() throws Exception {
        assumeThat(mounted).as("a tmpfs can be mounted here").isTrue();
        isUpAgain();
        Path filler = folder.resolve("data/filler");
        assertThat(run("dd", "if=/dev/zero", "of=" + filler, "bs=64k")).isNotZero();
        isDownBecauseOf("log", "the disk is full");
        Files.delete(filler);
        isUpAgain();
    }

    @Test
    void aLostLockIsNamedUntilItsFileIsBack() throws Exception {
        isUpAgain();
        Path lock = folder.resolve("data/streams/log/lock");
        Path aside = folder.resolve("data/streams/log/aside");
        Files.move(lock, aside);
        isDownBecauseOf("log", "the lock of the folder is lost");
        Files.move(aside, lock);
        isUpAgain();
    }

    @Test
    void nothingThatAStrangerShouldNotKnowIsTold() throws Exception {
        String told = ask("").body().toString();
        assertThat(told).doesNotContain(folder.toString(), "jdbc", "PostgreSQL", "validation", "threshold");
    }

    private static int run(String... command) throws Exception {
        try {
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            process.getInputStream().readAllBytes();
            return process.waitFor();
        } catch (IOException e) {
            return -1;
        }
    }
}
