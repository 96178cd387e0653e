package io.riacho.compatibility;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The file in which a worker writes what it does, read along. A last line that a kill has torn does not count. Not thread-safe. */
final class WorkerJournal {

    private final String worker;
    private final Path file;
    private final List<JournalLine> lines = new ArrayList<>();
    private long position;

    WorkerJournal(String worker, Path file) {
        this.worker = worker;
        this.file = file;
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
        if (!Files.exists(file)) {
            return;
        }
        try (SeekableByteChannel channel = Files.newByteChannel(file)) {
            ByteBuffer bytes = ByteBuffer.allocate((int) (channel.size() - position));
            channel.position(position);
            while (bytes.hasRemaining() && channel.read(bytes) >= 0) {
                // A read may give less than there is.
            }
            String text = new String(bytes.array(), 0, bytes.position(), StandardCharsets.ISO_8859_1);
            int end = text.lastIndexOf('\n') + 1;
            text.substring(0, end).lines().forEach(line -> lines.add(JournalLine.parsed(worker, line)));
            position += end;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
