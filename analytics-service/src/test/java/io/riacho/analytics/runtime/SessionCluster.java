package io.riacho.analytics.runtime;

import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** A JobManager and TaskManagers as processes of their own, from the jars that Maven has. */
final class SessionCluster implements AutoCloseable {

    private static final String LOOPBACK = "127.0.0.1";

    private final Path folder;
    private final int rest = freePort();
    private final int rpc = freePort();
    private final List<Process> processes = new ArrayList<>();
    private final String jars = Arrays.stream(
                    System.getProperty("java.class.path").split(File.pathSeparator))
            .filter(entry -> entry.endsWith(".jar") && !entry.contains("io" + File.separator + "riacho"))
            .collect(Collectors.joining(File.pathSeparator));

    SessionCluster(Path folder) throws IOException {
        this.folder = folder;
        List<String> configuration = List.of(
                "jobmanager.rpc.address: " + LOOPBACK,
                "jobmanager.rpc.port: " + rpc,
                "jobmanager.bind-host: " + LOOPBACK,
                "jobmanager.scheduler: adaptive",
                "jobmanager.adaptive-scheduler.executing.cooldown-after-rescaling: 2s",
                "jobmanager.adaptive-scheduler.executing.resource-stabilization-timeout: 1s",
                "rest.address: " + LOOPBACK,
                "rest.bind-address: " + LOOPBACK,
                "rest.port: " + rest,
                "web.refresh-interval: 100",
                "metrics.fetcher.update-interval: 1000",
                "taskmanager.host: " + LOOPBACK,
                "taskmanager.bind-host: " + LOOPBACK,
                "taskmanager.numberOfTaskSlots: 1",
                "taskmanager.cpu.cores: 1",
                "taskmanager.memory.task.heap.size: 128m",
                "taskmanager.memory.task.off-heap.size: 16m",
                "taskmanager.memory.network.min: 32m",
                "taskmanager.memory.network.max: 32m",
                "taskmanager.memory.managed.size: 64m",
                "taskmanager.memory.framework.heap.size: 64m",
                "taskmanager.memory.framework.off-heap.size: 32m",
                "taskmanager.memory.jvm-metaspace.size: 128m",
                "taskmanager.memory.jvm-overhead.min: 64m",
                "taskmanager.memory.jvm-overhead.max: 64m",
                "io.tmp.dirs: " + Files.createDirectories(folder.resolve("tmp")));
        Files.write(folder.resolve("config.yaml"), configuration);
        start("jobmanager", "org.apache.flink.runtime.entrypoint.StandaloneSessionClusterEntrypoint");
    }

    void addTaskManager() throws IOException {
        start("taskmanager-" + processes.size(), "org.apache.flink.runtime.taskexecutor.TaskManagerRunner");
    }

    URI url() {
        return URI.create("http://" + LOOPBACK + ":" + rest);
    }

    private void start(String name, String main) throws IOException {
        processes.add(new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx256m",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        jars,
                        main,
                        "--configDir",
                        folder.toString())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve(name + ".log").toFile())
                .start());
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByName(LOOPBACK))) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @Override
    public void close() throws InterruptedException {
        for (Process process : processes) {
            process.destroyForcibly().waitFor();
        }
    }
}
