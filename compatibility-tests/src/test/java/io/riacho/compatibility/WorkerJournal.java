package io.riacho.compatibility;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The file in which a worker writes what it does, read along. A last line that a kill has torn does not count. Not thread-safe. */
final class WorkerJournal {

    private final String worker;
    private final AppendedFile file;
    private final List<JournalLine> lines = new ArrayList<>();

    WorkerJournal(String worker, Path file) {
        this.worker = worker;
        this.file = new AppendedFile(file);
    }

    /** All lines until now. */
    List<JournalLine> lines() {
        readOn();
        return List.copyOf(lines);
    }

    /** The shards that the worker holds, as far as it knows. */
    Set<String> held() {
        readOn();
        Map<String, Integer> tenures = new LinkedHashMap<>();
        for (JournalLine line : lines) {
            switch (line.event()) {
                case TAKEN -> tenures.put(line.shardId(), line.tenure());
                case LOST, ENDED -> tenures.remove(line.shardId(), line.tenure());
                default -> {}
            }
        }
        return tenures.keySet();
    }

    private void readOn() {
        file.newLines().forEach(line -> lines.add(JournalLine.parsed(worker, line)));
    }
}
