package io.riacho.benchmarks.firehose;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;

/** Counts the records in objects, which have the numbers from 0 on. Not thread-safe. */
final class DeliveryCheck {

    private final int expected;

    /** @param expected how many records there have to be */
    DeliveryCheck(int expected) {
        this.expected = expected;
    }

    /**
     * What was found.
     *
     * @param records all, with those that came twice
     * @param distinct how many of the expected numbers there are
     */
    record Found(long records, long distinct) {

        boolean isIncomplete(int expected) {
            return distinct < expected;
        }
    }

    /** Of lines, compressed or not. */
    Found inLines(Iterable<byte[]> objects, Format format) throws IOException {
        BitSet numbers = new BitSet(expected);
        long records = 0;
        for (byte[] object : objects) {
            for (String line : lines(object, format)) {
                long number = Events.numberOf(line);
                if (number < 0 || number >= expected) {
                    throw new IllegalStateException("Record " + number + " was never written");
                }
                numbers.set((int) number);
                records++;
            }
        }
        return new Found(records, numbers.cardinality());
    }

    /** Of the files in a folder, read by DuckDB. */
    Found inParquet(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            if (files.findAny().isEmpty()) {
                return new Found(0, 0);
            }
        }
        try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(
                        "select count(*), count(distinct number) filter (number >= 0 and number < " + expected
                                + ") from read_parquet('" + folder + "/*.parquet')")) {
            row.next();
            return new Found(row.getLong(1), row.getLong(2));
        } catch (SQLException e) {
            throw new IOException(e);
        }
    }

    static List<String> lines(byte[] object, Format format) throws IOException {
        try (InputStream bytes = new ByteArrayInputStream(object);
                InputStream text = format == Format.GZIP ? new GZIPInputStream(bytes, 1 << 16) : bytes) {
            List<String> lines = new ArrayList<>();
            new String(text.readAllBytes(), StandardCharsets.US_ASCII).lines().forEach(lines::add);
            return lines;
        }
    }
}
