package io.riacho.firehose.format;

import java.io.BufferedOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.time.LocalDateTime;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.jspecify.annotations.Nullable;
import org.xerial.snappy.SnappyHadoopCompatibleOutputStream;
import org.xerial.snappy.SnappyOutputStream;
import software.amazon.awssdk.services.firehose.model.CompressionFormat;

/** How an object is compressed as a whole. The same bytes are compressed to the same bytes, whenever that is done. */
enum Compression {
    UNCOMPRESSED("", null) {
        @Override
        OutputStream compressing(OutputStream out, String entry) {
            return out;
        }
    },
    GZIP(".gz", "gzip") {
        @Override
        OutputStream compressing(OutputStream out, String entry) throws IOException {
            return new GZIPOutputStream(out, BUFFER_BYTES);
        }
    },
    ZIP(".zip", "zip") {
        @Override
        OutputStream compressing(OutputStream out, String entry) throws IOException {
            ZipOutputStream zip = new ZipOutputStream(out);
            ZipEntry only = new ZipEntry(entry);
            only.setTimeLocal(ZIP_EPOCH);
            zip.putNextEntry(only);
            return zip;
        }
    },
    /** The stream of snappy-java, which is what Firehose writes; not the framing that Snappy's authors defined later. */
    SNAPPY(".snappy", "snappy-java") {
        @Override
        OutputStream compressing(OutputStream out, String entry) {
            return new SnappyOutputStream(out);
        }
    },
    /** Blocks as Hadoop's {@code SnappyCodec} reads them. */
    HADOOP_SNAPPY(".hsnappy", "hadoop-snappy") {
        @Override
        OutputStream compressing(OutputStream out, String entry) {
            return new SnappyHadoopCompatibleOutputStream(out);
        }
    };

    private static final int BUFFER_BYTES = 64 * 1024;
    /** The first moment that the format has. */
    private static final LocalDateTime ZIP_EPOCH = LocalDateTime.of(1980, 1, 1, 0, 0);

    private final String extension;
    private final @Nullable String encoding;

    Compression(String extension, @Nullable String encoding) {
        this.extension = extension;
        this.encoding = encoding;
    }

    /** @throws IllegalArgumentException where the SDK does not know the format */
    static Compression of(CompressionFormat format) {
        return switch (format) {
            case UNCOMPRESSED -> UNCOMPRESSED;
            case GZIP -> GZIP;
            case ZIP -> ZIP;
            case SNAPPY -> SNAPPY;
            case HADOOP_SNAPPY -> HADOOP_SNAPPY;
            case UNKNOWN_TO_SDK_VERSION -> throw new IllegalArgumentException("An unknown compression format");
        };
    }

    String extension() {
        return extension;
    }

    /** The object's {@code Content-Encoding}; null where it has none. */
    @Nullable
    String encoding() {
        return encoding;
    }

    /**
     * A stream whose end, its {@code close}, leaves the given stream open.
     *
     * @param entry what a file in an archive is called
     */
    final OutputStream open(OutputStream out, String entry) throws IOException {
        return new BufferedOutputStream(compressing(new LeftOpen(out), entry), BUFFER_BYTES);
    }

    abstract OutputStream compressing(OutputStream out, String entry) throws IOException;

    private static final class LeftOpen extends FilterOutputStream {

        LeftOpen(OutputStream out) {
            super(out);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            out.write(bytes, offset, length);
        }

        @Override
        public void close() throws IOException {
            out.flush();
        }
    }
}
