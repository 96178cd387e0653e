package io.riacho.analytics.discovery;

import io.riacho.analytics.discovery.Discovery.Found;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import software.amazon.awssdk.services.kinesisanalyticsv2.model.RecordColumn;
import software.amazon.awssdk.services.kinesisanalyticsv2.model.RecordFormatType;
import software.amazon.awssdk.services.kinesisanalyticsv2.model.SourceSchema;

/** Guesses the columns of text whose lines all have as many parts, at least two. They are known by their place. */
final class CsvSchema {

    private static final String DELIMITERS = ",|\t;";
    private static final int MOST_COLUMNS = 1000;
    private static final int MOST_ROWS = 1000;

    private CsvSchema() {}

    /** Empty where no delimiter fits. */
    static Optional<Found> guess(List<String> records) {
        List<String> lines = records.stream()
                .flatMap(String::lines)
                .filter(line -> !line.isBlank())
                .limit(MOST_ROWS)
                .toList();
        if (lines.isEmpty() || lines.stream().anyMatch(line -> isBinary(line) || isJson(line))) {
            return Optional.empty();
        }
        for (int i = 0; i < DELIMITERS.length(); i++) {
            char delimiter = DELIMITERS.charAt(i);
            List<List<String>> rows =
                    lines.stream().map(line -> parts(line, delimiter)).toList();
            int columns = rows.get(0).size();
            if (columns > 1
                    && columns <= MOST_COLUMNS
                    && rows.stream().allMatch(row -> row.size() == columns)) {
                return Optional.of(found(rows, records, delimiter));
            }
        }
        return Optional.empty();
    }

    private static Found found(List<List<String>> rows, List<String> records, char delimiter) {
        List<RecordColumn> columns = IntStream.range(0, rows.get(0).size())
                .mapToObj(column -> {
                    ColumnType type = new ColumnType();
                    rows.forEach(row -> type.seeText(row.get(column)));
                    return RecordColumn.builder()
                            .name("COL_" + (column + 1))
                            .sqlType(type.sql())
                            .build();
                })
                .toList();
        return new Found(
                SourceSchema.builder()
                        .recordFormat(format -> format.recordFormatType(RecordFormatType.CSV)
                                .mappingParameters(mapping -> mapping.csvMappingParameters(csv -> csv.recordRowDelimiter(
                                                "\n")
                                        .recordColumnDelimiter(String.valueOf(delimiter)))))
                        .recordEncoding("UTF-8")
                        .recordColumns(columns)
                        .build(),
                rows,
                records);
    }

    /** Between quotes a delimiter is text. */
    private static List<String> parts(String line, char delimiter) {
        List<String> parts = new ArrayList<>();
        StringBuilder part = new StringBuilder();
        boolean quoted = false;
        for (int i = 0; i < line.length(); i++) {
            char c = line.charAt(i);
            if (c == '"') {
                if (quoted && i + 1 < line.length() && line.charAt(i + 1) == '"') {
                    part.append(c);
                    i++;
                } else {
                    quoted = !quoted;
                }
            } else if (c == delimiter && !quoted) {
                parts.add(part.toString());
                part.setLength(0);
            } else {
                part.append(c);
            }
        }
        parts.add(part.toString());
        return parts;
    }

    /** JSON that no rows could be made of is no CSV for that. */
    private static boolean isJson(String line) {
        return line.startsWith("{") || line.startsWith("[");
    }

    private static boolean isBinary(String line) {
        return line.chars().anyMatch(c -> (c < ' ' && c != '\t') || c == 0xFFFD);
    }
}
