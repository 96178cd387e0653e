package io.riacho.firehose.format;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.PositionedReadable;
import org.apache.hadoop.fs.Seekable;
import org.apache.hadoop.fs.permission.FsPermission;
import org.apache.hadoop.util.Progressable;
import org.apache.orc.OrcFile;
import org.apache.orc.OrcProto;
import org.apache.orc.Reader;
import org.apache.orc.RecordReader;
import org.apache.orc.StripeInformation;
import org.apache.orc.impl.RecordReaderImpl;
import org.apache.orc.storage.ql.exec.vector.BytesColumnVector;
import org.apache.orc.storage.ql.exec.vector.ColumnVector;
import org.apache.orc.storage.ql.exec.vector.DecimalColumnVector;
import org.apache.orc.storage.ql.exec.vector.DoubleColumnVector;
import org.apache.orc.storage.ql.exec.vector.ListColumnVector;
import org.apache.orc.storage.ql.exec.vector.LongColumnVector;
import org.apache.orc.storage.ql.exec.vector.MapColumnVector;
import org.apache.orc.storage.ql.exec.vector.StructColumnVector;
import org.apache.orc.storage.ql.exec.vector.TimestampColumnVector;
import org.apache.orc.storage.ql.exec.vector.VectorizedRowBatch;
import org.jspecify.annotations.Nullable;

/** Reads ORC by the reader of its own project: DuckDB has none. */
final class OrcReading {

    private OrcReading() {}

    /** Each row as text. */
    static List<String> rows(byte[] object) throws IOException {
        List<String> rows = new ArrayList<>();
        try (Reader reader = reader(object);
                RecordReader records = reader.rows(reader.options().useSelected(false))) {
            VectorizedRowBatch batch = reader.getSchema().createRowBatch();
            while (records.nextBatch(batch)) {
                for (int row = 0; row < batch.size; row++) {
                    List<@Nullable Object> values = new ArrayList<>();
                    for (ColumnVector column : batch.cols) {
                        values.add(value(column, row));
                    }
                    rows.add(values.toString());
                }
            }
        }
        return rows;
    }

    static String compression(byte[] object) throws IOException {
        try (Reader reader = reader(object)) {
            return reader.getCompressionKind().toString();
        }
    }

    /** What is set for the file, and the streams and encodings of its first stripe. */
    static List<String> described(byte[] object) throws IOException {
        List<String> facts = new ArrayList<>();
        try (Reader reader = reader(object);
                RecordReader records = reader.rows()) {
            facts.add("stride " + reader.getRowIndexStride());
            facts.add("version " + reader.getFileVersion().getName());
            List<String> names = reader.getSchema().getFieldNames();
            StripeInformation stripe = reader.getStripes().getFirst();
            OrcProto.StripeFooter footer = ((RecordReaderImpl) records).readStripeFooter(stripe);
            for (int i = 0; i < names.size(); i++) {
                int id = reader.getSchema().getChildren().get(i).getId();
                for (OrcProto.Stream stream : footer.getStreamsList()) {
                    if (stream.getColumn() == id) {
                        facts.add(names.get(i) + " " + stream.getKind());
                    }
                }
                facts.add(names.get(i) + " " + footer.getColumns(id).getKind());
            }
        }
        return facts;
    }

    private static Reader reader(byte[] object) throws IOException {
        return OrcFile.createReader(
                new Path("/object.orc"),
                OrcFile.readerOptions(new Configuration(false))
                        .filesystem(new OneFile(object))
                        .useUTCTimestamp(true)
                        .convertToProlepticGregorian(true));
    }

    private static @Nullable Object value(ColumnVector vector, int at) {
        int row = vector.isRepeating ? 0 : at;
        if (!vector.noNulls && vector.isNull[row]) {
            return null;
        }
        return switch (vector) {
            case TimestampColumnVector times ->
                Instant.ofEpochSecond(Math.floorDiv(times.time[row], 1000L), times.nanos[row]);
            case LongColumnVector numbers -> numbers.vector[row];
            case DoubleColumnVector numbers -> numbers.vector[row];
            case DecimalColumnVector numbers -> numbers.vector[row].toString();
            case BytesColumnVector bytes ->
                new String(bytes.vector[row], bytes.start[row], bytes.length[row], StandardCharsets.UTF_8);
            case ListColumnVector list -> {
                List<@Nullable Object> values = new ArrayList<>();
                for (long i = list.offsets[row]; i < list.offsets[row] + list.lengths[row]; i++) {
                    values.add(value(list.child, (int) i));
                }
                yield values;
            }
            case MapColumnVector map -> {
                Map<@Nullable Object, @Nullable Object> values = new LinkedHashMap<>();
                for (long i = map.offsets[row]; i < map.offsets[row] + map.lengths[row]; i++) {
                    values.put(value(map.keys, (int) i), value(map.values, (int) i));
                }
                yield values;
            }
            case StructColumnVector struct -> {
                List<@Nullable Object> values = new ArrayList<>();
                for (ColumnVector field : struct.fields) {
                    values.add(value(field, row));
                }
                yield values;
            }
            default -> throw new AssertionError(vector.getClass());
        };
    }

    /** Holds one object, whatever the path. */
    private static final class OneFile extends FileSystem {

        private final byte[] object;

        OneFile(byte[] object) {
            this.object = object;
            setConf(new Configuration(false));
        }

        @Override
        public URI getUri() {
            return URI.create("one:///");
        }

        @Override
        public FSDataInputStream open(Path path, int bufferSize) {
            return new FSDataInputStream(new Bytes(object));
        }

        @Override
        public FileStatus getFileStatus(Path path) {
            return new FileStatus(object.length, false, 1, 1024, 0, path);
        }

        @Override
        public FSDataOutputStream create(
                Path path,
                FsPermission permission,
                boolean overwrite,
                int bufferSize,
                short replication,
                long blockSize,
                Progressable progress) {
            throw new UnsupportedOperationException();
        }

        @Override
        public FSDataOutputStream append(Path path, int bufferSize, Progressable progress) {
            throw new UnsupportedOperationException();
        }

        @Override
        public boolean rename(Path from, Path to) {
            throw new UnsupportedOperationException();
        }

        @Override
        public boolean delete(Path path, boolean recursive) {
            throw new UnsupportedOperationException();
        }

        @Override
        public FileStatus[] listStatus(Path path) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void setWorkingDirectory(Path folder) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Path getWorkingDirectory() {
            return new Path("/");
        }

        @Override
        public boolean mkdirs(Path path, FsPermission permission) {
            throw new UnsupportedOperationException();
        }
    }

    private static final class Bytes extends ByteArrayInputStream implements Seekable, PositionedReadable {

        Bytes(byte[] bytes) {
            super(bytes);
        }

        @Override
        public void seek(long position) {
            pos = (int) position;
        }

        @Override
        public long getPos() {
            return pos;
        }

        @Override
        public boolean seekToNewSource(long target) {
            return false;
        }

        @Override
        public int read(long position, byte[] into, int offset, int length) {
            int read = (int) Math.min(length, count - position);
            System.arraycopy(buf, (int) position, into, offset, read);
            return read;
        }

        @Override
        public void readFully(long position, byte[] into, int offset, int length) {
            System.arraycopy(buf, (int) position, into, offset, length);
        }

        @Override
        public void readFully(long position, byte[] into) {
            readFully(position, into, 0, into.length);
        }
    }
}
