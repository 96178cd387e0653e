package io.riacho.compatibility;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** A process that writes with the Kinesis Producer Library, over TLS, and lives on until it is closed. */
final class KplProducer implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final ClientProcess process;
    private final AppendedFile file;
    private final List<String> journal = new ArrayList<>();

    private KplProducer(ClientProcess process, AppendedFile file) {
        this.process = process;
        this.file = file;
    }

    /** @param secure the server over TLS; without a CA, the library trusts its own ones */
    static KplProducer started(String name, Target secure, String stream, int records, Path folder) {
        Path journal = folder.resolve(name + ".journal");
        List<String> command = program()
                .command(List.of(
                        secure.url().getHost(),
                        String.valueOf(secure.url().getPort()),
                        secure.ca() == null ? "" : secure.ca().toString(),
                        stream,
                        String.valueOf(records),
                        journal.toString()));
        return new KplProducer(ClientProcess.started(name, command, secure, folder), new AppendedFile(journal));
    }

    /** The library unpacks its native part once, where Java has its temporary files. */
    private static JavaProgram program() {
        Path folder = Path.of("target", "kpl").toAbsolutePath();
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new JavaProgram(
                "consumer-programs/kpl", "io.riacho.consumers.kpl.Producer", List.of("-Djava.io.tmpdir=" + folder));
    }

    /** Its journal, when the library has said of each record what became of it. */
    List<String> awaitJournal() {
        Pause.until(process.name() + " has written all its records", PATIENCE, () -> {
            process.assertAlive();
            journal.addAll(file.newLines());
            return !journal.isEmpty() && journal.getLast().endsWith("\tfinished");
        });
        return List.copyOf(journal);
    }

    String endOfLog() {
        return process.endOfLog();
    }

    @Override
    public void close() {
        process.close();
    }
}
