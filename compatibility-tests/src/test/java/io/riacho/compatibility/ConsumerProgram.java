package io.riacho.compatibility;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** An application of the Kinesis Client Library that writes a {@link WorkerJournal}, and ends when its standard input does. */
interface ConsumerProgram {

    /**
     * The command that starts a worker.
     *
     * @param journal the file that the worker appends to
     * @param worker the name under which it holds leases, where the library lets an application choose one
     */
    List<String> command(Target target, String stream, String application, Path journal, String worker);

    static ConsumerProgram kcl3Polling() {
        return java("kcl-3", "io.riacho.consumers.kcl3.WorkloadAwareConsumer", "polling");
    }

    static ConsumerProgram kcl3FanOut() {
        return java("kcl-3", "io.riacho.consumers.kcl3.WorkloadAwareConsumer", "fan-out");
    }

    static ConsumerProgram kcl2FanOut() {
        return java("kcl-2", "io.riacho.consumers.kcl.Consumer", "fan-out");
    }

    static ConsumerProgram kcl1Polling() {
        return java("kcl-1", "io.riacho.consumers.kcl1.Consumer", "polling");
    }

    /** aws-kcl for Node.js, installed in the folder, with the jars of its daemon. */
    static ConsumerProgram node(Path folder) {
        return (server, stream, application, journal, worker) -> List.of(
                "node", folder.resolve("worker.js").toString(), stream, application, journal.toString(), worker);
    }

    static String java() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }

    private static ConsumerProgram java(String module, String main, String mode) {
        Path target = Path.of("..", "consumer-programs", module, "target")
                .toAbsolutePath()
                .normalize();
        return (server, stream, application, journal, worker) -> List.of(
                java(),
                "-Xmx256m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Dorg.slf4j.simpleLogger.showDateTime=true",
                "-Dorg.slf4j.simpleLogger.dateTimeFormat=HH:mm:ss.SSS",
                "-cp",
                target.resolve("classes") + File.pathSeparator + classPath(target.resolve("classpath.txt")),
                main,
                server.url().toString(),
                stream,
                application,
                mode,
                journal.toString(),
                worker);
    }

    private static String classPath(Path file) {
        try {
            return Files.readString(file).strip();
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "The program is not built (./mvnw -pl consumer-programs -amd package): " + file, e);
        }
    }
}
