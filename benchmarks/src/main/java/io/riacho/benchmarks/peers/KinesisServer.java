package io.riacho.benchmarks.peers;

import io.riacho.benchmarks.load.Endpoint;
import io.riacho.benchmarks.load.KinesisClient;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A server that speaks the Kinesis API: Riacho, or an emulator. */
public final class KinesisServer implements Server {

    private static final String ACCESS_KEY_ID = "AKIARIACHOBENCHMARKS";
    private static final String SECRET = "benchmarks-secret-access-key-of-40-chars";

    private final String name;
    private final Endpoint endpoint;
    private final ServerProcess process;
    private final Duration startedIn;
    private final @Nullable Endpoint bucketStore;

    /** @param bucketPort where it has an S3; 0 where it has none */
    private KinesisServer(
            String name, int port, int bucketPort, List<String> command, Map<String, String> environment, Path folder)
            throws IOException {
        this.name = name;
        endpoint = endpoint(port);
        bucketStore = bucketPort == 0 ? null : endpoint(bucketPort);
        process = ServerProcess.start(name, command, environment, folder);
        try (KinesisClient client = new KinesisClient(endpoint)) {
            startedIn = process.awaitAnswer(client::answers);
        } catch (IOException | RuntimeException e) {
            process.close();
            throw e;
        }
    }

    /**
     * Riacho, by whatever command starts it; the rest is told by environment variables.
     *
     * @param environment more of Riacho's configuration
     */
    public static KinesisServer riacho(String name, List<String> command, Map<String, String> environment, Path folder)
            throws IOException {
        int port = freePort();
        int bucketPort = freePort();
        Map<String, String> all = new HashMap<>(environment);
        all.put("SERVER_PORT", String.valueOf(port));
        all.put("RIACHO_TLS_PORT", "0");
        all.put("RIACHO_S3_PORT", String.valueOf(bucketPort));
        all.put("SERVER_ADDRESS", "127.0.0.1");
        all.put("RIACHO_DATA", folder.resolve("data").toString());
        all.put("RIACHO_ROOT_ACCESS_KEY_ID", ACCESS_KEY_ID);
        all.put("RIACHO_ROOT_SECRET_ACCESS_KEY", SECRET);
        all.put("RIACHO_STREAMS_LIMITS_ENABLED", "false");
        return new KinesisServer(name, port, bucketPort, command, all, folder);
    }

    public static KinesisServer kinesalite(NpmPackages packages, Path folder) throws IOException {
        int port = freePort();
        List<String> command = List.of(
                "node",
                packages.file("kinesalite/cli.js").toString(),
                "--port",
                String.valueOf(port),
                "--shardLimit",
                "10000",
                "--createStreamMs",
                "10",
                "--deleteStreamMs",
                "10");
        return new KinesisServer("kinesalite", port, 0, command, Map.of(), folder);
    }

    public static KinesisServer kinesisLocal(NpmPackages packages, Path folder) throws IOException {
        int port = freePort();
        Path main = packages.file("kinesis-local/main.js");
        Map<String, String> environment = Map.of(
                "KINESIS_MOCK_PLAIN_PORT", String.valueOf(port),
                "KINESIS_MOCK_TLS_PORT", String.valueOf(freePort()),
                "KINESIS_MOCK_CERT_PATH", main.resolveSibling("server.json").toString(),
                "CREATE_STREAM_DURATION", "10ms",
                "DELETE_STREAM_DURATION", "10ms",
                "SHARD_LIMIT", "10000",
                "LOG_LEVEL", "ERROR");
        return new KinesisServer("kinesis-local", port, 0, List.of("node", main.toString()), environment, folder);
    }

    public Endpoint endpoint() {
        return endpoint;
    }

    /** The S3 that it delivers to. Only Riacho has one, with all services in a process. */
    public Endpoint bucketStore() {
        if (bucketStore == null) {
            throw new IllegalStateException(name + " has no S3");
        }
        return bucketStore;
    }

    private static Endpoint endpoint(int port) {
        return new Endpoint(URI.create("http://127.0.0.1:" + port), ACCESS_KEY_ID, SECRET, "us-east-1");
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Duration startedIn() {
        return startedIn;
    }

    @Override
    public double residentMebibytes() throws IOException {
        return process.residentMebibytes();
    }

    @Override
    public void close() {
        process.close();
    }

    static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
