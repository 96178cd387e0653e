package io.riacho.consumers.flink;

import io.riacho.consumers.journal.Journal;
import java.nio.file.Path;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.streaming.api.functions.sink.RichSinkFunction;
import org.jspecify.annotations.Nullable;

/** Writes what was counted into the journal, at once. */
final class JournalSink extends RichSinkFunction<String> {

    private static final long serialVersionUID = 1L;

    private final String file;
    private transient @Nullable Journal journal;

    JournalSink(String file) {
        this.file = file;
    }

    @Override
    public void open(OpenContext context) {
        journal = Journal.openedAt(Path.of(file));
    }

    @Override
    public void invoke(String counted, Context context) {
        if (journal == null) {
            throw new IllegalStateException("open comes first");
        }
        journal.note("counted", counted);
    }

    @Override
    public void close() {
        if (journal != null) {
            journal.close();
        }
    }
}
