package io.riacho.firehose.format;

import io.riacho.firehose.catalog.TableDefinition;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.Locale;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.Path;
import org.apache.orc.CompressionKind;
import org.apache.orc.MemoryManager;
import org.apache.orc.OrcConf;
import org.apache.orc.OrcFile;
import org.apache.orc.TypeDescription;
import org.apache.orc.Writer;
import org.apache.orc.impl.PhysicalFsWriter;
import org.apache.orc.impl.WriterImpl;
import org.apache.orc.impl.writer.WriterEncryptionVariant;
import org.apache.orc.storage.ql.exec.vector.VectorizedRowBatch;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.firehose.model.OrcSerDe;

/** ORC as an OrcSerDe sets it. */
record OrcObject(
        long stripeBytes,
        long blockBytes,
        int rowIndexStride,
        boolean padding,
        double paddingTolerance,
        CompressionKind compression,
        List<String> bloomFilterColumns,
        double bloomFilterFpp,
        double dictionaryKeyThreshold,
        OrcFile.Version version)
        implements ColumnarFile {

    private static final int MEBIBYTE = 1024 * 1024;
    private static final int BATCH_ROWS = 1024;

    OrcObject {
        bloomFilterColumns = List.copyOf(bloomFilterColumns);
    }

    static OrcObject of(OrcSerDe serDe) {
        CompressionKind compression = serDe.compression() == null
                ? CompressionKind.SNAPPY
                : switch (serDe.compression()) {
                    case NONE -> CompressionKind.NONE;
                    case ZLIB -> CompressionKind.ZLIB;
                    case SNAPPY -> CompressionKind.SNAPPY;
                    case UNKNOWN_TO_SDK_VERSION -> throw new IllegalArgumentException("An unknown compression");
                };
        OrcFile.Version version = serDe.formatVersion() == null
                ? OrcFile.Version.V_0_12
                : switch (serDe.formatVersion()) {
                    case V0_11 -> OrcFile.Version.V_0_11;
                    case V0_12 -> OrcFile.Version.V_0_12;
                    case UNKNOWN_TO_SDK_VERSION -> throw new IllegalArgumentException("An unknown format version");
                };
        return new OrcObject(
                serDe.stripeSizeBytes() == null ? 64 * MEBIBYTE : serDe.stripeSizeBytes(),
                serDe.blockSizeBytes() == null ? 256 * MEBIBYTE : serDe.blockSizeBytes(),
                serDe.rowIndexStride() == null ? 10_000 : serDe.rowIndexStride(),
                Boolean.TRUE.equals(serDe.enablePadding()),
                serDe.paddingTolerance() == null ? 0.05 : serDe.paddingTolerance(),
                compression,
                // As Hive does: its columns' names have no capital letters.
                serDe.bloomFilterColumns().stream()
                        .map(column -> column.toLowerCase(Locale.ROOT))
                        .toList(),
                serDe.bloomFilterFalsePositiveProbability() == null
                        ? 0.05
                        : serDe.bloomFilterFalsePositiveProbability(),
                serDe.dictionaryKeyThreshold() == null ? 0 : serDe.dictionaryKeyThreshold(),
                version);
    }

    @Override
    public RowWriter begin(TableDefinition table, OutputStream out) throws IOException {
        TypeDescription schema = OrcSchema.of(table.columns());
        Configuration configuration = new Configuration(false);
        OrcConf.DICTIONARY_KEY_SIZE_THRESHOLD.setDouble(configuration, dictionaryKeyThreshold);
        OrcFile.WriterOptions options = OrcFile.writerOptions(configuration)
                .setSchema(schema)
                .stripeSize(stripeBytes)
                .blockSize(blockBytes)
                .rowIndexStride(rowIndexStride)
                .blockPadding(padding)
                .paddingTolerance(paddingTolerance)
                .compress(compression)
                .bloomFilterColumns(String.join(",", bloomFilterColumns))
                .bloomFilterFpp(bloomFilterFpp)
                .version(version)
                // Times have no zone, and the file is the same wherever it is written.
                .useUTCTimestamp(true)
                .setProlepticGregorian(true)
                .memory(new OwnMemory());
        FSDataOutputStream counted = new FSDataOutputStream(new LeftOpen(out), null);
        options.physicalWriter(new PhysicalFsWriter(counted, options, new WriterEncryptionVariant[0]));
        // The path is a name in errors only; nothing is opened by it.
        Writer writer = new WriterImpl(null, new Path("/object.orc"), options);
        return new Rows(writer, table, schema.createRowBatch(BATCH_ROWS));
    }

    private static final class Rows implements RowWriter {

        private final Writer writer;
        private final TableDefinition table;
        private final VectorizedRowBatch batch;

        Rows(Writer writer, TableDefinition table, VectorizedRowBatch batch) {
            this.writer = writer;
            this.table = table;
            this.batch = batch;
        }

        @Override
        public void write(@Nullable Object[] row) throws IOException {
            int number = batch.size++;
            for (int i = 0; i < row.length; i++) {
                OrcVectors.set(batch.cols[i], number, table.columns().get(i).type(), row[i]);
            }
            if (batch.size == batch.getMaxSize()) {
                flush();
            }
        }

        @Override
        public void close() throws IOException {
            if (batch.size > 0) {
                flush();
            }
            writer.close();
        }

        private void flush() throws IOException {
            writer.addRowBatch(batch);
            batch.reset();
        }
    }

    /** The memory of one file is bounded by what is delivered at once, which others keep account of. */
    private static final class OwnMemory implements MemoryManager {

        @Override
        public void addWriter(Path path, long requested, Callback callback) {
            // See above.
        }

        @Override
        public void removeWriter(Path path) {
            // See above.
        }

        @Override
        public void addedRow(int rows) {
            // See above.
        }
    }
}
