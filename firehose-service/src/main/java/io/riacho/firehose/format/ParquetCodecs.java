package io.riacho.firehose.format;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.zip.GZIPOutputStream;
import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.compression.CompressionCodecFactory;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.xerial.snappy.Snappy;

/** Compresses pages without Hadoop's codecs. Only writes. */
final class ParquetCodecs implements CompressionCodecFactory {

    @Override
    public BytesInputCompressor getCompressor(CompressionCodecName codec) {
        return switch (codec) {
            case UNCOMPRESSED -> new Compressor(codec, page -> page);
            case SNAPPY -> new Compressor(codec, page -> BytesInput.from(Snappy.compress(page.toByteArray())));
            case GZIP -> new Compressor(codec, ParquetCodecs::gzip);
            default -> throw new IllegalArgumentException("No configuration asks for " + codec);
        };
    }

    @Override
    public BytesInputDecompressor getDecompressor(CompressionCodecName codec) {
        throw new UnsupportedOperationException("Objects are written, not read");
    }

    @Override
    public void release() {
        // Nothing is held.
    }

    private static BytesInput gzip(BytesInput page) throws IOException {
        ByteArrayOutputStream compressed = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(compressed)) {
            page.writeAllTo(gzip);
        }
        return BytesInput.from(compressed.toByteArray());
    }

    private interface Page {
        BytesInput compress(BytesInput page) throws IOException;
    }

    private record Compressor(CompressionCodecName codec, Page page) implements BytesInputCompressor {

        @Override
        public BytesInput compress(BytesInput bytes) throws IOException {
            return page.compress(bytes);
        }

        @Override
        public CompressionCodecName getCodecName() {
            return codec;
        }

        @Override
        public void release() {
            // Nothing is held.
        }
    }
}
