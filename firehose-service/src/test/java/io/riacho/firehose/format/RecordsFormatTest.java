package io.riacho.firehose.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.airlift.compress.snappy.SnappyDecompressor;
import io.riacho.firehose.record.DeliveryRecord;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.io.compress.SnappyCodec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import software.amazon.awssdk.services.firehose.model.CompressionFormat;
import software.amazon.awssdk.services.firehose.model.ExtendedS3DestinationConfiguration;

class RecordsFormatTest {

    private static final List<DeliveryRecord> RECORDS = manyRecords();

    private final ObjectFormats formats = new ObjectFormats((_, _) -> {
        throw new AssertionError("no table is asked for");
    });

    @TempDir
    private Path folder;

    @Test
    void putsNothingBetweenRecords() throws IOException {
        ObjectFormat format = formats.of(CompressionFormat.UNCOMPRESSED);

        assertThat(write(format, TestRecords.of("one", "two\n", "", "three")))
                .asString(StandardCharsets.UTF_8)
                .isEqualTo("onetwo\nthree");
    }

    @Test
    void gzipIsReadByGzip() throws Exception {
        assertThat(readBy(CompressionFormat.GZIP, "object.gz", "gzip", "-dc")).isEqualTo(plain());
    }

    @Test
    void zipIsReadByUnzipAndHasOneEntry() throws Exception {
        assertThat(readBy(CompressionFormat.ZIP, "object.zip", "unzip", "-p")).isEqualTo(plain());
    }

    @Test
    void snappyIsTheStreamOfSnappyJava() throws IOException {
        byte[] object = write(formats.of(CompressionFormat.SNAPPY), RECORDS);

        assertThat(object)
                .startsWith(new byte[] {(byte) 0x82, 'S', 'N', 'A', 'P', 'P', 'Y', 0, 0, 0, 0, 1, 0, 0, 0, 1});
        assertThat(blocks(ByteBuffer.wrap(object).position(16))).isEqualTo(plain());
    }

    @Test
    void hadoopSnappyIsReadByHadoop() throws IOException {
        SnappyCodec codec = new SnappyCodec();
        codec.setConf(new Configuration(false));
        byte[] object = write(formats.of(CompressionFormat.HADOOP_SNAPPY), RECORDS);

        try (InputStream in = codec.createInputStream(new ByteArrayInputStream(object))) {
            assertThat(in.readAllBytes()).isEqualTo(plain());
        }
    }

    @ParameterizedTest
    @EnumSource(value = CompressionFormat.class, mode = EnumSource.Mode.EXCLUDE, names = "UNKNOWN_TO_SDK_VERSION")
    void theSameRecordsGiveTheSameBytesAndTheStreamStaysOpen(CompressionFormat compression) throws Exception {
        ObjectFormat format = formats.of(compression);
        byte[] first = write(format, RECORDS);
        // ZIP's clock goes in steps of two seconds; a time of writing shows in the other formats at once.
        byte[] fixedTimes = compression == CompressionFormat.ZIP ? Arrays.copyOfRange(first, 10, 14) : new byte[0];

        assertThat(write(format, RECORDS)).isEqualTo(first);
        assertThat(fixedTimes).isEqualTo(compression == CompressionFormat.ZIP ? new byte[] {0, 0, 33, 0} : new byte[0]);
    }

    @Test
    void extensionsAreThoseOfFirehose() {
        assertThat(Arrays.stream(CompressionFormat.values())
                        .filter(format -> format != CompressionFormat.UNKNOWN_TO_SDK_VERSION)
                        .map(format -> format + formats.of(format).extension()))
                .containsExactlyInAnyOrder(
                        "UNCOMPRESSED", "GZIP.gz", "ZIP.zip", "Snappy.snappy", "HADOOP_SNAPPY.hsnappy");
    }

    @Test
    void encodingsAreThoseOfFirehose() {
        assertThat(formats.of(CompressionFormat.UNCOMPRESSED).contentEncoding()).isNull();
        assertThat(formats.of(CompressionFormat.GZIP).contentEncoding()).isEqualTo("gzip");
        assertThat(formats.of(CompressionFormat.ZIP).contentEncoding()).isEqualTo("zip");
        assertThat(formats.of(CompressionFormat.SNAPPY).contentEncoding()).isEqualTo("snappy-java");
        assertThat(formats.of(CompressionFormat.HADOOP_SNAPPY).contentEncoding())
                .isEqualTo("hadoop-snappy");
    }

    @Test
    void theExtensionThatIsAskedForIsTaken() {
        ExtendedS3DestinationConfiguration configuration = ExtendedS3DestinationConfiguration.builder()
                .compressionFormat(CompressionFormat.GZIP)
                .fileExtension(".json.gz")
                .build();

        assertThat(formats.of(TestRecords.STREAM, configuration).extension()).isEqualTo(".json.gz");
    }

    @Test
    void anEmptyExtensionIsNone() {
        ExtendedS3DestinationConfiguration configuration = ExtendedS3DestinationConfiguration.builder()
                .compressionFormat(CompressionFormat.GZIP)
                .fileExtension("")
                .build();

        assertThat(formats.of(TestRecords.STREAM, configuration).extension()).isEqualTo(".gz");
    }

    /** By a decompressor that is not the one it was compressed with. */
    private static byte[] blocks(ByteBuffer blocks) {
        ByteArrayOutputStream plain = new ByteArrayOutputStream();
        while (blocks.hasRemaining()) {
            byte[] block = new byte[blocks.getInt()];
            blocks.get(block);
            byte[] content = new byte[SnappyDecompressor.getUncompressedLength(block, 0)];
            new SnappyDecompressor().decompress(block, 0, block.length, content, 0, content.length);
            plain.writeBytes(content);
        }
        return plain.toByteArray();
    }

    private byte[] readBy(CompressionFormat compression, String name, String... command) throws Exception {
        assumeTrue(exists("which", command[0]), command[0] + " is installed");
        Path file = folder.resolve(name);
        Files.write(file, write(formats.of(compression), RECORDS));
        List<String> arguments = new ArrayList<>(List.of(command));
        arguments.add(file.toString());
        Process process = new ProcessBuilder(arguments)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        byte[] read = process.getInputStream().readAllBytes();
        assertThat(process.waitFor()).isZero();
        return read;
    }

    private static boolean exists(String... command) throws Exception {
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        return process.waitFor(30, TimeUnit.SECONDS) && process.exitValue() == 0;
    }

    private static byte[] write(ObjectFormat format, List<DeliveryRecord> records) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        OutputStream onceClosed = new OutputStream() {
            @Override
            public void write(int b) {
                bytes.write(b);
            }

            @Override
            public void write(byte[] part, int offset, int length) {
                bytes.write(part, offset, length);
            }

            @Override
            public void close() {
                throw new AssertionError("closed by the format");
            }
        };
        assertThat(format.write(records, onceClosed)).isEmpty();
        return bytes.toByteArray();
    }

    private static byte[] plain() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        RECORDS.forEach(record -> bytes.writeBytes(record.data()));
        return bytes.toByteArray();
    }

    /** More than a block of each format, and partly such that cannot be compressed. */
    private static List<DeliveryRecord> manyRecords() {
        Random random = new Random(7);
        List<DeliveryRecord> records = new ArrayList<>();
        for (int i = 0; i < 3000; i++) {
            byte[] data = String.format(Locale.ROOT, "{\"number\":%d,\"name\":\"record\"}\n", i)
                    .getBytes(StandardCharsets.UTF_8);
            if (i % 10 == 0) {
                data = new byte[700];
                random.nextBytes(data);
            }
            records.add(TestRecords.record(i, data));
        }
        return records;
    }
}
