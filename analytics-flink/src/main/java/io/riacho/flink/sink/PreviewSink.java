package io.riacho.flink.sink;

import io.riacho.flink.format.RowWriter;
import java.io.Serializable;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.api.connector.sink2.SinkWriter;
import org.apache.flink.api.connector.sink2.WriterInitContext;
import org.apache.flink.table.data.RowData;
import org.apache.flink.types.RowKind;
import org.jspecify.annotations.Nullable;

/** Rows that are shown while somebody looks, as many as can be sent without a wait; the others are forgotten. */
final class PreviewSink implements Sink<RowData> {

    private static final long serialVersionUID = 1L;

    private final Settings settings;
    private final String stream;
    private final RowWriter writer;

    PreviewSink(Settings settings, String stream, RowWriter writer) {
        this.settings = settings;
        this.stream = stream;
        this.writer = writer;
    }

    /** @param trustedCa PEM; null for what Java trusts */
    record Settings(URI uri, String token, @Nullable String trustedCa) implements Serializable {

        private static final long serialVersionUID = 1L;

        @Override
        public String toString() {
            return "Settings[" + uri + "]";
        }
    }

    @Override
    public SinkWriter<RowData> createWriter(WriterInitContext context) {
        return new Writer(PreviewPost.open(settings));
    }

    private final class Writer implements SinkWriter<RowData> {

        private final PreviewPost post;

        Writer(PreviewPost post) {
            this.post = post;
        }

        @Override
        public void write(RowData row, Context context) {
            if (post.isWatched(stream)
                    && (row.getRowKind() == RowKind.INSERT || row.getRowKind() == RowKind.UPDATE_AFTER)) {
                post.offer(stream, new String(writer.serialize(row), StandardCharsets.UTF_8));
            }
        }

        @Override
        public void flush(boolean endOfInput) {
            // Nothing is promised.
        }

        @Override
        public void close() {
            post.close();
        }
    }
}
