package io.riacho.benchmarks.firehose;

import io.riacho.benchmarks.load.KinesisRequests;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;

/**
 * Numbered JSON records of about 500 bytes, a line each, as a web shop's log might have them: texts that repeat and some that do not,
 * numbers, times, a list and an object in them. Not thread-safe.
 */
public final class Events {

    /** The members as a table's columns, in Hive's types. */
    static final List<Column> COLUMNS = List.of(
            new Column("number", "bigint"),
            new Column("event_id", "string"),
            new Column("user_id", "bigint"),
            new Column("at", "timestamp"),
            new Column("kind", "string"),
            new Column("page", "string"),
            new Column("referrer", "string"),
            new Column("agent", "string"),
            new Column("price", "decimal(10,2)"),
            new Column("amount", "int"),
            new Column("score", "double"),
            new Column("member", "boolean"),
            new Column("tags", "array<string>"),
            new Column("place", "struct<country:string,city:string,lat:double,lon:double>"));

    private static final String BEGIN = "{\"number\":";
    private static final List<String> KINDS = List.of("view", "click", "buy");

    private final Random random = new Random(20161201);

    record Column(String name, String type) {}

    /** @param number from 0 */
    public byte[] numbered(long number) {
        StringBuilder json = new StringBuilder(512);
        json.append(BEGIN).append(number);
        json.append(",\"event_id\":\"");
        hex(json);
        hex(json);
        json.append("\",\"user_id\":").append(random.nextInt(1_000_000));
        json.append(",\"at\":\"2026-11-26T");
        padded(json, random.nextInt(24), 2).append(':');
        padded(json, random.nextInt(60), 2).append(':');
        padded(json, random.nextInt(60), 2).append('.');
        padded(json, random.nextInt(1000), 3).append("Z\",\"kind\":\"");
        json.append(KINDS.get(random.nextInt(KINDS.size())));
        json.append("\",\"page\":\"/products/").append(random.nextInt(10_000));
        json.append("/details?campaign=").append(random.nextInt(50));
        json.append("\",\"referrer\":\"https://www.example.org/search?q=").append(random.nextInt(100_000));
        json.append("\",\"agent\":\"Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/");
        json.append(100 + random.nextInt(40));
        json.append(".0.0.0 Safari/537.36\",\"price\":")
                .append(random.nextInt(1000))
                .append('.');
        padded(json, random.nextInt(100), 2);
        json.append(",\"amount\":").append(random.nextInt(10));
        json.append(",\"score\":").append(random.nextInt(1_000_000) / 1e6);
        json.append(",\"member\":").append(random.nextBoolean());
        json.append(",\"tags\":[\"tag").append(random.nextInt(100));
        json.append("\",\"tag").append(random.nextInt(100));
        json.append("\"],\"place\":{\"country\":\"BR\",\"city\":\"city ").append(random.nextInt(500));
        json.append("\",\"lat\":").append(random.nextInt(90_000_000) / 1e6);
        json.append(",\"lon\":").append(random.nextInt(180_000_000) / 1e6);
        json.append("}}\n");
        return json.toString().getBytes(StandardCharsets.US_ASCII);
    }

    /** The same as a record of a stream, under a random partition key. */
    KinesisRequests.Entry entry(long number) {
        return new KinesisRequests.Entry(Long.toHexString(random.nextLong()), numbered(number));
    }

    /**
     * The number of a record as it was delivered.
     *
     * @throws IllegalStateException if it is none of these records
     */
    static long numberOf(String line) {
        int end = line.indexOf(',');
        if (!line.startsWith(BEGIN) || end < 0 || !line.endsWith("}}")) {
            throw new IllegalStateException("Not what was written: " + line.substring(0, Math.min(200, line.length())));
        }
        return Long.parseLong(line.substring(BEGIN.length(), end));
    }

    private void hex(StringBuilder json) {
        String digits = Long.toHexString(random.nextLong());
        json.repeat('0', 16 - digits.length()).append(digits);
    }

    private static StringBuilder padded(StringBuilder json, int value, int digits) {
        String text = Integer.toString(value);
        return json.repeat('0', digits - text.length()).append(text);
    }
}
