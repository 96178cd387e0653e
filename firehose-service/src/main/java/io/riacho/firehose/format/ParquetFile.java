package io.riacho.firehose.format;

import io.riacho.firehose.catalog.TableDefinition;
import java.io.IOException;
import java.io.OutputStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.column.ParquetProperties.WriterVersion;
import org.apache.parquet.conf.ParquetConfiguration;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.api.WriteSupport;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.io.OutputFile;
import org.apache.parquet.io.PositionOutputStream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.firehose.model.ParquetSerDe;

/** Parquet as a ParquetSerDe sets it. */
record ParquetFile(
        long blockBytes,
        int pageBytes,
        CompressionCodecName codec,
        boolean dictionary,
        int maxPaddingBytes,
        WriterVersion version)
        implements ColumnarFile {

    private static final int USUAL_BLOCK = 256 * 1024 * 1024;
    private static final int USUAL_PAGE = 1024 * 1024;

    static ParquetFile of(ParquetSerDe serDe) {
        CompressionCodecName codec = serDe.compression() == null
                ? CompressionCodecName.SNAPPY
                : switch (serDe.compression()) {
                    case UNCOMPRESSED -> CompressionCodecName.UNCOMPRESSED;
                    case GZIP -> CompressionCodecName.GZIP;
                    case SNAPPY -> CompressionCodecName.SNAPPY;
                    case UNKNOWN_TO_SDK_VERSION -> throw new IllegalArgumentException("An unknown compression");
                };
        WriterVersion version = serDe.writerVersion() == null
                ? WriterVersion.PARQUET_1_0
                : switch (serDe.writerVersion()) {
                    case V1 -> WriterVersion.PARQUET_1_0;
                    case V2 -> WriterVersion.PARQUET_2_0;
                    case UNKNOWN_TO_SDK_VERSION -> throw new IllegalArgumentException("An unknown writer version");
                };
        return new ParquetFile(
                serDe.blockSizeBytes() == null ? USUAL_BLOCK : serDe.blockSizeBytes(),
                serDe.pageSizeBytes() == null ? USUAL_PAGE : serDe.pageSizeBytes(),
                codec,
                Boolean.TRUE.equals(serDe.enableDictionaryCompression()),
                serDe.maxPaddingBytes() == null ? 0 : serDe.maxPaddingBytes(),
                version);
    }

    @Override
    public RowWriter begin(TableDefinition table, OutputStream out) throws IOException {
        ParquetWriter<@Nullable Object[]> writer = new Builder(new Target(out), new ParquetRows(table.columns()))
                .withConf(new PlainParquetConfiguration())
                .withCodecFactory(new ParquetCodecs())
                .withCompressionCodec(codec)
                .withRowGroupSize(blockBytes)
                .withPageSize(pageBytes)
                .withDictionaryEncoding(dictionary)
                .withMaxPaddingSize(maxPaddingBytes)
                .withWriterVersion(version)
                .build();
        return new RowWriter() {
            @Override
            public void write(@Nullable Object[] row) throws IOException {
                writer.write(row);
            }

            @Override
            public void close() throws IOException {
                writer.close();
            }
        };
    }

    private static final class Builder extends ParquetWriter.Builder<@Nullable Object[], Builder> {

        private final ParquetRows rows;

        Builder(OutputFile file, ParquetRows rows) {
            super(file);
            this.rows = rows;
        }

        @Override
        protected Builder self() {
            return this;
        }

        @Override
        protected WriteSupport<@Nullable Object[]> getWriteSupport(Configuration configuration) {
            return rows;
        }

        @Override
        protected WriteSupport<@Nullable Object[]> getWriteSupport(ParquetConfiguration configuration) {
            return rows;
        }
    }

    /** The object, which counts as a file of blocks so that row groups are padded to them where that is asked for. */
    private final class Target implements OutputFile {

        private final OutputStream out;

        Target(OutputStream out) {
            this.out = out;
        }

        @Override
        public PositionOutputStream create(long blockSizeHint) {
            return new Counted(out);
        }

        @Override
        public PositionOutputStream createOrOverwrite(long blockSizeHint) {
            return create(blockSizeHint);
        }

        @Override
        public boolean supportsBlockSize() {
            return maxPaddingBytes > 0;
        }

        @Override
        public long defaultBlockSize() {
            return blockBytes;
        }
    }

    private static final class Counted extends PositionOutputStream {

        private final OutputStream out;
        private long position;

        Counted(OutputStream out) {
            this.out = out;
        }

        @Override
        public long getPos() {
            return position;
        }

        @Override
        public void write(int b) throws IOException {
            out.write(b);
            position++;
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            out.write(bytes, offset, length);
            position += length;
        }

        @Override
        public void flush() throws IOException {
            out.flush();
        }

        @Override
        public void close() throws IOException {
            out.flush();
        }
    }
}
