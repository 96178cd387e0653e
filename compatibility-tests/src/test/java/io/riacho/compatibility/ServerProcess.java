package io.riacho.compatibility;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Riacho as its users run it: {@code java -jar riacho.jar} in a process of its own, on ports and a data folder of its own. The
 * ports stay the same over {@link #kill} and {@link #start}. Not safe for use by several threads.
 */
final class ServerProcess implements AutoCloseable {

    private static final String ACCESS_KEY_ID = "AKIACOMPATIBILITY000";
    private static final String SECRET_ACCESS_KEY = "compatibility/tests+secret/key0000000000";
    private static final Duration START_LIMIT = Duration.ofSeconds(150);
    /** Most servers of the tests live for a minute, in which the best machine code does not pay, and a third of the start goes for it. */
    private static final List<String> SHORT_LIVED =
            List.of("-XX:TieredStopAtLevel=1", "-XX:ReservedCodeCacheSize=240m");

    private final Path folder;
    private final Path jar;
    private final List<String> properties;
    private final boolean keyIsGiven;
    private final int port = FreePort.next();
    private final int s3Port = FreePort.next();
    private final int tlsPort;
    private @Nullable Supplier<HttpClient> https;
    private @Nullable Process process;

    private ServerProcess(Path folder, Path jar, List<String> properties, boolean keyIsGiven, int tlsPort) {
        this.folder = folder;
        this.jar = jar;
        this.properties = properties;
        this.keyIsGiven = keyIsGiven;
        this.tlsPort = tlsPort;
    }

    /**
     * A server that answers, without data; its data and its log are in {@code target/servers/NAME}.
     *
     * @param properties of the server; those that begin with {@code -X} are Java's
     */
    static ServerProcess started(String name, String... properties) {
        ServerProcess server = stopped(name, properties);
        server.start();
        return server;
    }

    /** As {@link #started}, but not started. */
    static ServerProcess stopped(String name, String... properties) {
        return new ServerProcess(emptyFolder(name), jar(), List.of(properties), true, FreePort.next());
    }

    /**
     * A server that nobody gave anything, no key and no options of Java's: it made its own key, and wrote it to {@code
     * data/credentials}.
     */
    static ServerProcess startedWithoutKey(String name) {
        ServerProcess server = new ServerProcess(emptyFolder(name), jar(), List.of(), false, FreePort.next());
        server.start();
        return server;
    }

    /** One service alone, not started. It listens for HTTPS, too, on {@link #tlsPort}. */
    static ServerProcess ofService(String module, String name, List<String> properties) {
        Path jar = jar().resolve("../../../" + module + "/target/" + module + "-exec.jar")
                .normalize();
        if (!Files.exists(jar)) {
            throw new IllegalStateException(jar + " does not exist. Build it: ./mvnw -pl standalone -am package");
        }
        return new ServerProcess(emptyFolder(name), jar, properties, true, FreePort.next());
    }

    /**
     * As {@link #start}, but its health is asked for over HTTPS, now and at every later start.
     *
     * @param client made once the server has its own CA, in {@code data/tls/ca.crt}
     */
    void start(Supplier<HttpClient> client) {
        https = client;
        start();
    }

    int tlsPort() {
        return tlsPort;
    }

    /** Where the server runs, with its data in {@code data}. */
    Path folder() {
        return folder;
    }

    Target target() {
        return new Target(URI.create("http://127.0.0.1:" + port), ACCESS_KEY_ID, SECRET_ACCESS_KEY);
    }

    /** The S3 endpoint that the server has beside its own. */
    Target s3Target() {
        return target().over(URI.create("http://127.0.0.1:" + s3Port), null);
    }

    /** Over TLS, with the server's own certificate. */
    Target secureTarget() {
        return target().over(URI.create("https://localhost:" + tlsPort), data().resolve("tls/ca.crt"));
    }

    /** Returns when the server is healthy. */
    void start() {
        process = run(List.of());
        awaitHealth(process);
    }

    /** Gives the server's program a command, such as {@code backup}, and waits until it is done, well. */
    void command(String... arguments) {
        Process command = run(List.of(arguments));
        await(command);
        if (command.exitValue() != 0) {
            throw new AssertionError(
                    String.join(" ", arguments) + " ended with " + command.exitValue() + ":\n" + endOfLog());
        }
    }

    private Process run(List<String> arguments) {
        List<String> command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()));
        if (keyIsGiven && !Boolean.getBoolean("riacho.slow")) {
            command.addAll(SHORT_LIVED);
        }
        properties.stream().filter(ServerProcess::isForJava).forEach(command::add);
        command.addAll(List.of("-jar", jar.toString()));
        command.addAll(arguments);
        properties.stream()
                .filter(_ -> arguments.isEmpty())
                .filter(property -> !isForJava(property))
                .forEach(command::add);
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log().toFile()));
        builder.environment().keySet().removeIf(name -> name.matches("(RIACHO|SPRING|SERVER|AWS)_.*"));
        builder.environment().put("SERVER_PORT", String.valueOf(port));
        builder.environment().put("RIACHO_TLS_PORT", String.valueOf(tlsPort));
        builder.environment().put("RIACHO_S3_PORT", String.valueOf(s3Port));
        builder.environment().put("RIACHO_DATA", data().toString());
        if (keyIsGiven) {
            builder.environment().put("RIACHO_ROOT_ACCESS_KEY_ID", ACCESS_KEY_ID);
            builder.environment().put("RIACHO_ROOT_SECRET_ACCESS_KEY", SECRET_ACCESS_KEY);
        }
        try {
            return builder.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean isForJava(String property) {
        return property.startsWith("-X");
    }

    /** {@code kill -9} of the server alone; its database process is left behind, as an out-of-memory kill would leave it. */
    void kill() {
        Process running = running();
        running.destroyForcibly();
        await(running);
    }

    /** {@code kill -9} of the server and its database, as the end of a container or of the power would. */
    void killWithDatabase() {
        kill();
        database().forEach(ProcessHandle::destroyForcibly);
        database().forEach(handle -> handle.onExit().join());
    }

    @Override
    public void close() {
        Process running = running();
        running.destroy();
        try {
            if (!running.waitFor(30, TimeUnit.SECONDS)) {
                running.destroyForcibly();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        database().forEach(ProcessHandle::destroyForcibly);
    }

    private Path data() {
        return folder.resolve("data");
    }

    private Path log() {
        return folder.resolve("server.log");
    }

    private Process running() {
        if (process == null) {
            throw new IllegalStateException("The server was not started");
        }
        return process;
    }

    private static Path jar() {
        Path jar = Path.of(System.getProperty("riacho.jar", "../standalone/target/riacho.jar"))
                .toAbsolutePath()
                .normalize();
        if (!Files.exists(jar)) {
            throw new IllegalStateException("No server to test: " + jar
                    + " does not exist. Build it (./mvnw -pl standalone -am package), or set"
                    + " RIACHO_URL, AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY of a running one.");
        }
        return jar;
    }

    private void awaitHealth(Process started) {
        Supplier<HttpClient> given = https;
        URI url = given == null ? target().url() : URI.create("https://localhost:" + tlsPort);
        HttpRequest health = HttpRequest.newBuilder(url.resolve("/actuator/health"))
                .timeout(Duration.ofSeconds(5))
                .build();
        HttpClient client = given == null
                ? HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build()
                : null;
        long deadline = System.nanoTime() + START_LIMIT.toNanos();
        while (true) {
            try {
                if (client == null && given != null && Files.exists(data().resolve("tls/server.crt"))) {
                    client = given.get();
                }
                if (client != null
                        && client.send(health, HttpResponse.BodyHandlers.discarding())
                                        .statusCode()
                                == 200) {
                    return;
                }
            } catch (IOException e) {
                // Nobody listens yet.
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(e);
            }
            if (!started.isAlive() || System.nanoTime() > deadline) {
                close();
                throw new IllegalStateException("The server did not start, see its log:\n" + endOfLog());
            }
            Pause.milliseconds(50);
        }
    }

    private String endOfLog() {
        try {
            List<String> lines = Files.readAllLines(log());
            return String.join("\n", lines.subList(Math.max(0, lines.size() - 40), lines.size()));
        } catch (IOException e) {
            return log() + ": " + e;
        }
    }

    /** PostgreSQL detaches itself from the process that starts it, so it is found by its pid file. */
    private List<ProcessHandle> database() {
        try (Stream<Path> files = Files.find(data(), 4, (path, attributes) -> path.endsWith("postmaster.pid"))) {
            List<ProcessHandle> found = new ArrayList<>();
            for (Path file : (Iterable<Path>) files::iterator) {
                long pid = Long.parseLong(Files.readAllLines(file).getFirst().trim());
                ProcessHandle.of(pid)
                        .filter(handle -> handle.info().command().orElse("").endsWith("postgres"))
                        .ifPresent(found::add);
            }
            return found;
        } catch (IOException | UncheckedIOException e) {
            return List.of();
        }
    }

    private static Path emptyFolder(String name) {
        Path folder = Path.of("target", "servers", name).toAbsolutePath();
        try {
            deleteWithContents(folder);
            return Files.createDirectories(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void deleteWithContents(Path folder) throws IOException {
        if (Files.exists(folder)) {
            try (Stream<Path> files = Files.walk(folder)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
    }

    private static void await(Process process) {
        try {
            process.waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
