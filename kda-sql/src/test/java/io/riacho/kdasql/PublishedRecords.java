package io.riacho.kdasql;

import io.riacho.kdasql.RecordedStream.Recorded;
import io.riacho.kdasql.statement.CreatePump;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.regex.Pattern;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlCharStringLiteral;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlNumericLiteral;
import org.jspecify.annotations.Nullable;

/**
 * Values for the columns of an application, by their names, their types and the literals that its code compares them with. The same application gets the same values in every run.
 */
final class PublishedRecords {
    /** When the first record is read: 2026-01-05T10:00:00Z. */
    static final long START = 1_767_607_200_000L;

    private static final long APART = 500;
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss.SSS");

    private static final Pattern NAME_OF_TIME = Pattern.compile("time|date|_dt$|(^|_)ts$");

    /** Texts by what names contain. */
    private static final Map<String, List<String>> TEXTS = new LinkedHashMap<>();

    /** Numbers by what names contain: the least, the greatest. */
    private static final Map<String, double[]> NUMBERS = new LinkedHashMap<>();

    static {
        TEXTS.put("ticker|symbol", List.of("AMZN", "TGT", "WMT", "MSFT", "QXZ"));
        TEXTS.put("sector", List.of("TECHNOLOGY", "HEALTHCARE", "ENERGY", "FINANCIAL", "RETAIL"));
        TEXTS.put("country", List.of("PT", "BR", "DE", "US", "JP"));
        TEXTS.put("airport|origin|dest", List.of("ORD", "JFK", "LAX", "CMI"));
        TEXTS.put("carrier|airline", List.of("AA", "DL", "UA"));
        TEXTS.put(
                "referrer",
                List.of("http://www.amazon.com", "http://www.stackoverflow.com", "http://www.wikipedia.com"));
        TEXTS.put("url", List.of("http://example.com/a", "http://example.com/b"));
        TEXTS.put("unstructured", List.of("alpha,beta,gamma", "one,two,three"));
        TEXTS.put(
                "entry",
                List.of(
                        "192.0.2.1 - - [10/Oct/2025:13:55:36 -0700] \"GET /index.html HTTP/1.1\" 200 125 \"-\" \"Mozilla/5.0"
                                + " [en] Gecko/20100101 Firefox/52.0\"",
                        "192.0.2.7 - - [10/Oct/2025:13:56:01 -0700] \"GET /cart.php HTTP/1.1\" 404 17 \"-\" \"Mozilla/5.0"
                                + " [en] Gecko/20100101 Firefox/53.0\""));
        TEXTS.put(
                "log",
                List.of(
                        "192.0.2.1 - alice [10/Oct/2025:13:55:36 -0700] \"GET /index.html HTTP/1.0\" 200 2326",
                        "192.0.2.7 - bob [10/Oct/2025:13:56:01 -0700] \"GET /cart.php?item=4 HTTP/1.1\" 404 17"));
        TEXTS.put("(^|_)ip($|_)", List.of("192.0.2.1", "192.0.2.7", "198.51.100.3"));
        TEXTS.put("json|kubernetes", List.of("{\"a\":1}", "{\"a\":2,\"b\":[3]}"));
        TEXTS.put("quantity|eur$|usd$|amount|count$|rating|price|age$|number", List.of("10", "20", "35", "47", "99"));
        NUMBERS.put("del15", new double[] {0, 1});
        NUMBERS.put("price|amt|amount", new double[] {10, 110});
        NUMBERS.put("change", new double[] {-20, 20});
        NUMBERS.put("lat", new double[] {-80, 80});
        NUMBERS.put("lon", new double[] {-170, 170});
        NUMBERS.put("rating", new double[] {1, 5});
        NUMBERS.put("age$", new double[] {10, 80});
        NUMBERS.put("id$|num$", new double[] {1, 20});
    }

    private record Condition(SqlKind kind, SqlNode literal) {}

    private final Random random;
    private final Map<String, List<Condition>> conditions = new HashMap<>();

    PublishedRecords(String text, long seed) {
        random = new Random(seed);
        for (SqlNode statement : new ApplicationParser(Limits.DEFAULT).statements(text)) {
            if (statement instanceof CreatePump pump) {
                compared(pump.insert().getSource());
            }
        }
    }

    /** Rows of so many records, by column; a column that is left out is NULL, which CSV cannot say. */
    List<Map<String, Object>> rows(RecordSchema schema, int count) {
        List<Map<String, Object>> rows = new ArrayList<>();
        for (int n = 0; n < count; n++) {
            Map<String, Object> row = new LinkedHashMap<>();
            for (Column column : schema.columns()) {
                Object value = value(column, n);
                if (schema.csv() || conditions.containsKey(column.name()) || random.nextInt(100) > 0) {
                    row.put(column.name(), value);
                }
            }
            rows.add(row);
        }
        return rows;
    }

    /** When the record of this number is read; some are read together. */
    static long read(int n) {
        return START + APART * (n - n % 7 / 6);
    }

    /** Somewhat before it was read; several at a time. */
    private long happened(int n) {
        return (read(n) - random.nextInt(5000)) / 10_000 * 10_000;
    }

    /** The record that the schema cannot read, behind the others. */
    static Recorded unreadable(RecordSchema schema, int n) {
        return new Recorded(read(n), schema.csv() ? "none,of,these\n" : "{\"cut\":");
    }

    private void compared(@Nullable SqlNode node) {
        if (node instanceof SqlNodeList list) {
            list.forEach(this::compared);
        }
        if (!(node instanceof SqlCall call)) {
            return;
        }
        switch (call.getKind()) {
            case EQUALS, GREATER_THAN, GREATER_THAN_OR_EQUAL, LESS_THAN, LESS_THAN_OR_EQUAL, LIKE, SIMILAR ->
                note(call.operand(0), call.getKind(), call.operand(1));
            case IN -> {
                if (call.operand(1) instanceof SqlNodeList values) {
                    values.forEach(v -> note(call.operand(0), SqlKind.EQUALS, v));
                }
            }
            default -> {}
        }
        call.getOperandList().forEach(this::compared);
    }

    private void note(SqlNode of, SqlKind kind, SqlNode literal) {
        if (of instanceof SqlIdentifier name
                && (literal instanceof SqlNumericLiteral || literal instanceof SqlCharStringLiteral)) {
            conditions
                    .computeIfAbsent(name.names.getLast(), x -> new ArrayList<>())
                    .add(new Condition(kind, literal));
        }
    }

    private Object value(Column column, int n) {
        Type type = Type.parse(column.sqlType());
        List<Condition> known = conditions.getOrDefault(column.name(), List.of());
        if (!known.isEmpty() && random.nextInt(10) < 7) {
            return met(known.get(random.nextInt(known.size())), type);
        }
        String name = column.name().toLowerCase(Locale.ROOT);
        return switch (type.kind()) {
            case TIMESTAMP -> time(happened(n));
            case DATE -> time(read(n)).substring(0, 10);
            case TIME -> time(read(n)).substring(11, 19);
            case BOOLEAN -> random.nextBoolean();
            case BIGINT -> NAME_OF_TIME.matcher(name).find() ? (Object) happened(n) : number(name, type, n);
            case TINYINT, SMALLINT, INTEGER, DECIMAL, REAL, DOUBLE -> number(name, type, n);
            default -> text(name, type, n);
        };
    }

    /** A value for which the condition holds. */
    private Object met(Condition condition, Type type) {
        if (condition.literal() instanceof SqlNumericLiteral literal) {
            double value = Double.parseDouble(literal.toString());
            double more = 1 + random.nextInt(9);
            double number = switch (condition.kind()) {
                case GREATER_THAN, GREATER_THAN_OR_EQUAL -> value + more;
                case LESS_THAN, LESS_THAN_OR_EQUAL -> value - more;
                default -> value;
            };
            return type.isText() ? String.valueOf((long) number) : exact(number, type);
        }
        String text = ((SqlCharStringLiteral) condition.literal()).toValue();
        return cut(String.valueOf(text).replace("%", "").replace('_', 'x'), type);
    }

    private Object number(String name, Type type, int n) {
        for (Map.Entry<String, double[]> known : NUMBERS.entrySet()) {
            if (Pattern.compile(known.getKey()).matcher(name).find()) {
                double least = known.getValue()[0];
                double greatest = known.getValue()[1];
                return exact(
                        type.isInteger()
                                ? least + random.nextInt((int) (greatest - least) + 1)
                                : least + random.nextDouble() * (greatest - least),
                        type);
            }
        }
        // Most are near each other, for the forests; a few are far off.
        return exact(n % 100 == 97 ? 100 : 50 + 5 * random.nextGaussian(), type);
    }

    private static Object exact(double value, Type type) {
        return type.isInteger() ? (Object) Math.round(value) : Math.round(value * 100) / 100.0;
    }

    private String text(String name, Type type, int n) {
        for (Map.Entry<String, List<String>> known : TEXTS.entrySet()) {
            if (Pattern.compile(known.getKey()).matcher(name).find()) {
                return cut(known.getValue().get(random.nextInt(known.getValue().size())), type);
            }
        }
        if (NAME_OF_TIME.matcher(name).find()) {
            return cut(time(read(n)), type);
        }
        int number = 1 + random.nextInt(5);
        return cut(number + "-" + name, type);
    }

    private static String cut(String text, Type type) {
        return type.precision() >= 0 && text.length() > type.precision() ? text.substring(0, type.precision()) : text;
    }

    /** As the API's schemas write times. */
    private static String time(long millis) {
        return TIME.format(LocalDateTime.ofInstant(Instant.ofEpochMilli(millis), ZoneOffset.UTC));
    }
}
