package io.riacho.benchmarks.peers;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A single Apache Kafka broker in KRaft mode, as its own start script runs it, with its defaults. */
public final class KafkaBroker implements Server {

    /** What kafka-server-start.sh and kafka-run-class.sh give to java. */
    private static final List<String> JVM_OPTIONS = List.of(
            "-Xmx1G",
            "-Xms1G",
            "-server",
            "-XX:+UseG1GC",
            "-XX:MaxGCPauseMillis=20",
            "-XX:InitiatingHeapOccupancyPercent=35",
            "-XX:+ExplicitGCInvokesConcurrent",
            "-Djava.awt.headless=true",
            "-Dlog4j2.level=WARN");

    private final int port;
    private final ServerProcess process;
    private final Duration startedIn;

    /** @param classPath the jars of the broker */
    public KafkaBroker(String classPath, Path folder) throws IOException {
        Files.createDirectories(folder);
        Path properties = folder.resolve("server.properties");
        boolean fresh = !Files.exists(folder.resolve("data"));
        port = KinesisServer.freePort();
        Files.writeString(properties, configuration(folder, KinesisServer.freePort()));
        if (fresh) {
            format(classPath, properties);
        }
        List<String> command = new ArrayList<>(List.of(Java.command()));
        command.addAll(JVM_OPTIONS);
        command.addAll(List.of("-cp", classPath, "kafka.Kafka", properties.toString()));
        process = ServerProcess.start("Kafka", command, Map.of(), folder);
        try {
            startedIn = process.awaitAnswer(this::answers);
        } catch (IOException | RuntimeException e) {
            process.close();
            throw e;
        }
    }

    public String bootstrapServers() {
        return "127.0.0.1:" + port;
    }

    @Override
    public String name() {
        return "Kafka";
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

    private String configuration(Path folder, int controllerPort) {
        return """
                process.roles=broker,controller
                node.id=1
                controller.quorum.bootstrap.servers=127.0.0.1:%2$d
                listeners=PLAINTEXT://127.0.0.1:%1$d,CONTROLLER://127.0.0.1:%2$d
                advertised.listeners=PLAINTEXT://127.0.0.1:%1$d,CONTROLLER://127.0.0.1:%2$d
                controller.listener.names=CONTROLLER
                log.dirs=%3$s
                offsets.topic.replication.factor=1
                share.coordinator.state.topic.replication.factor=1
                transaction.state.log.replication.factor=1
                transaction.state.log.min.isr=1
                """.formatted(port, controllerPort, folder.resolve("data"));
    }

    private static void format(String classPath, Path properties) throws IOException {
        Process format = new ProcessBuilder(
                        Java.command(),
                        "-cp",
                        classPath,
                        "kafka.tools.StorageTool",
                        "format",
                        "--standalone",
                        "-t",
                        "MkU3OEVBNTcwNTJENDM2Qg",
                        "-c",
                        properties.toString())
                .redirectErrorStream(true)
                .start();
        String output = new String(format.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        try {
            if (format.waitFor() != 0) {
                throw new IOException("Kafka's storage could not be formatted: " + output);
            }
        } catch (InterruptedException e) {
            format.destroyForcibly();
            throw new IOException("Interrupted", e);
        }
    }

    /** Sends an ApiVersions request, version 0, which a broker answers as soon as it serves clients. */
    private boolean answers() {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(5_000);
            DataOutputStream out = new DataOutputStream(socket.getOutputStream());
            int apiVersions = 18;
            int correlation = 7;
            out.writeInt(10);
            out.writeShort(apiVersions);
            out.writeShort(0);
            out.writeInt(correlation);
            out.writeShort(-1);
            out.flush();
            DataInputStream in = new DataInputStream(socket.getInputStream());
            return in.readInt() > 6 && in.readInt() == correlation && in.readShort() == 0;
        } catch (IOException e) {
            return false;
        }
    }
}
