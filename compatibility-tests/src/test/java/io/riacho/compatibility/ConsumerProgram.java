package io.riacho.compatibility;

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
        return java("consumer-programs/kcl-3", "io.riacho.consumers.kcl3.WorkloadAwareConsumer", "polling");
    }

    static ConsumerProgram kcl3FanOut() {
        return java("consumer-programs/kcl-3", "io.riacho.consumers.kcl3.WorkloadAwareConsumer", "fan-out");
    }

    static ConsumerProgram kcl2FanOut() {
        return java("consumer-programs/kcl-2", "io.riacho.consumers.kcl.Consumer", "fan-out");
    }

    static ConsumerProgram kcl1Polling() {
        return java("consumer-programs/kcl-1", "io.riacho.consumers.kcl1.Consumer", "polling");
    }

    /** aws-kcl for Node.js, installed in the folder, with the jars of its daemon. */
    static ConsumerProgram node(Path folder) {
        return (server, stream, application, journal, worker) -> List.of(
                "node", folder.resolve("worker.js").toString(), stream, application, journal.toString(), worker);
    }

    private static ConsumerProgram java(String module, String main, String mode) {
        return (server, stream, application, journal, worker) -> new JavaProgram(module, main)
                .command(List.of(server.url().toString(), stream, application, mode, journal.toString(), worker));
    }
}
