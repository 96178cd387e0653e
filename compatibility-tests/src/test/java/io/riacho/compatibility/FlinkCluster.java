package io.riacho.compatibility;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A session cluster of Apache Flink on this machine, from the jars that Maven has: a JobManager, and TaskManagers that come and go. */
final class FlinkCluster implements AutoCloseable {

    private static final String LOOPBACK = "127.0.0.1";
    private static final String MODULE = "consumer-programs/flink-cluster";
    private static final List<String> OPTIONS = List.of("-Xmx384m", "-XX:MaxMetaspaceSize=256m");
    private static final JavaProgram JOB_MANAGER =
            new JavaProgram(MODULE, "org.apache.flink.runtime.entrypoint.StandaloneSessionClusterEntrypoint", OPTIONS);
    private static final JavaProgram TASK_MANAGER =
            new JavaProgram(MODULE, "org.apache.flink.runtime.taskexecutor.TaskManagerRunner", OPTIONS);

    private final Path folder;
    private final int port = FreePort.next();
    private final List<ClientProcess> processes = new ArrayList<>();

    private FlinkCluster(Path folder) {
        this.folder = folder;
    }

    /** One without TaskManagers. */
    static FlinkCluster started(Path folder) {
        FlinkCluster cluster = new FlinkCluster(folder);
        try {
            Files.createDirectories(folder.resolve("tmp"));
            Files.write(folder.resolve("config.yaml"), cluster.configuration());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        cluster.start("jobmanager", JOB_MANAGER);
        return cluster;
    }

    private List<String> configuration() {
        return List.of(
                "jobmanager.rpc.address: " + LOOPBACK,
                "jobmanager.rpc.port: " + FreePort.next(),
                "jobmanager.bind-host: " + LOOPBACK,
                "jobmanager.scheduler: adaptive",
                "jobmanager.adaptive-scheduler.executing.cooldown-after-rescaling: 1s",
                "jobmanager.adaptive-scheduler.executing.resource-stabilization-timeout: 1s",
                "jobmanager.adaptive-scheduler.submission.resource-stabilization-timeout: 1s",
                "heartbeat.interval: 1000",
                "heartbeat.timeout: 5000",
                "rest.address: " + LOOPBACK,
                "rest.bind-address: " + LOOPBACK,
                "rest.port: " + port,
                "metrics.fetcher.update-interval: 1000",
                "taskmanager.host: " + LOOPBACK,
                "taskmanager.bind-host: " + LOOPBACK,
                "taskmanager.numberOfTaskSlots: 2",
                "taskmanager.cpu.cores: 1",
                "taskmanager.memory.task.heap.size: 256m",
                "taskmanager.memory.task.off-heap.size: 32m",
                "taskmanager.memory.network.min: 32m",
                "taskmanager.memory.network.max: 32m",
                "taskmanager.memory.managed.size: 64m",
                "taskmanager.memory.framework.heap.size: 64m",
                "taskmanager.memory.framework.off-heap.size: 32m",
                "taskmanager.memory.jvm-metaspace.size: 256m",
                "taskmanager.memory.jvm-overhead.min: 64m",
                "taskmanager.memory.jvm-overhead.max: 64m",
                "io.tmp.dirs: " + folder.resolve("tmp"));
    }

    /** One with two slots. */
    ClientProcess addTaskManager() {
        return start("taskmanager-" + processes.size(), TASK_MANAGER);
    }

    URI url() {
        return URI.create("http://" + LOOPBACK + ":" + port);
    }

    private ClientProcess start(String name, JavaProgram program) {
        ClientProcess process =
                ClientProcess.started(name, program.command(List.of("--configDir", folder.toString())), folder);
        processes.add(process);
        return process;
    }

    @Override
    public void close() {
        processes.forEach(ClientProcess::kill);
    }
}
