package io.riacho.firehose.destination.postgres;

import io.riacho.firehose.destination.warehouse.CopyOptions;
import io.riacho.firehose.destination.warehouse.CopyOptions.Token;
import io.riacho.firehose.destination.warehouse.InvalidWarehouse;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What records look like, as {@code CopyOptions} say it: the part of
 * <a href="https://docs.aws.amazon.com/redshift/latest/dg/r_COPY.html">Redshift's options</a> that PostgreSQL can keep.
 */
sealed interface CopyFormat {

    /** {@code JSON 'auto'}: objects, whose members are columns. */
    record Json(boolean ignoreCase) implements CopyFormat {}

    /** {@code CSV}. */
    record Csv(char delimiter, char quote, @Nullable String nullText) implements CopyFormat {}

    /** Neither: fields with something between them, in which nothing is quoted. */
    record Delimited(char delimiter, String nullText) implements CopyFormat {}

    static CopyFormat parse(@Nullable String copyOptions) {
        Reader reader = new Reader(new CopyOptions(copyOptions));
        while (reader.options.hasNext()) {
            reader.option();
        }
        return reader.format();
    }

    /** Gathers the options, each of which can come once. */
    final class Reader {
        private final CopyOptions options;
        private @Nullable String json;
        private boolean csv;
        private @Nullable Character delimiter;
        private @Nullable Character quote;
        private @Nullable String nullText;

        private Reader(CopyOptions options) {
            this.options = options;
        }

        private void option() {
            Token token = options.next();
            switch (token.quoted() ? "" : token.value()) {
                case "FORMAT" -> {
                    options.take("AS");
                    kind(options.next());
                }
                case "JSON", "CSV" -> kind(token);
                case "DELIMITER" -> delimiter = once("DELIMITER", delimiter, character("DELIMITER"));
                case "QUOTE" -> quote = once("QUOTE", quote, character("QUOTE"));
                case "NULL" -> nullText = once("NULL", nullText, unescaped(options.text("NULL")));
                case "DATEFORMAT", "TIMEFORMAT" -> {
                    if (!options.text(token.value()).equalsIgnoreCase("auto")) {
                        throw CopyOptions.refused(token, "can only be 'auto' for a PostgreSQL-compatible warehouse");
                    }
                }
                default ->
                    throw CopyOptions.refused(
                            token,
                            "is nothing that a PostgreSQL-compatible warehouse can keep; it takes JSON 'auto',"
                                    + " JSON 'auto ignorecase', CSV, QUOTE, DELIMITER, NULL, FORMAT, DATEFORMAT 'auto' and"
                                    + " TIMEFORMAT 'auto'");
            }
        }

        private void kind(Token token) {
            if (csv || json != null) {
                throw InvalidWarehouse.of("CopyCommand.CopyOptions has more than one format");
            }
            switch (token.quoted() ? "" : token.value()) {
                case "CSV" -> csv = true;
                case "JSON" -> json = options.hasText() || options.take("AS") ? options.text("JSON") : "auto";
                default -> throw CopyOptions.refused(token, "is no format that is taken: CSV and JSON are");
            }
        }

        private static <T> T once(String option, @Nullable T before, T now) {
            if (before != null) {
                throw InvalidWarehouse.of("CopyCommand.CopyOptions has " + option + " twice");
            }
            return now;
        }

        private char character(String option) {
            String text = unescaped(options.text(option));
            if (text.length() != 1 || text.charAt(0) > 127 || "\\\r\n\0".contains(text)) {
                throw InvalidWarehouse.of("CopyCommand.CopyOptions: " + option
                        + " has to be one ASCII character, and no backslash or line end");
            }
            return text.charAt(0);
        }

        /** {@code \t}, and {@code \ddd} in octal, as Redshift reads them. */
        private static String unescaped(String text) {
            if (text.equals("\\t")) {
                return "\t";
            }
            return text.matches("\\\\[0-7]{3}") ? String.valueOf((char) Integer.parseInt(text.substring(1), 8)) : text;
        }

        private CopyFormat format() {
            if (nullText != null && (nullText.length() > 100 || nullText.matches("(?s).*[\\r\\n\\x00].*"))) {
                throw InvalidWarehouse.of("CopyCommand.CopyOptions: NULL has to be a short text without line ends");
            }
            if (json != null) {
                return json(json);
            }
            if (csv) {
                Csv format = new Csv(or(delimiter, ','), or(quote, '"'), nullText);
                if (format.delimiter() == format.quote()) {
                    throw InvalidWarehouse.of("CopyCommand.CopyOptions: DELIMITER and QUOTE have to differ");
                }
                checkNull(format.delimiter());
                return format;
            }
            if (quote != null) {
                throw InvalidWarehouse.of("CopyCommand.CopyOptions: QUOTE needs CSV");
            }
            return delimited(or(delimiter, '|'));
        }

        private Json json(String how) {
            if (delimiter != null || quote != null || nullText != null) {
                throw InvalidWarehouse.of("CopyCommand.CopyOptions: JSON has no DELIMITER, QUOTE or NULL");
            }
            return switch (how.toLowerCase(Locale.ROOT)) {
                case "auto" -> new Json(false);
                case "auto ignorecase" -> new Json(true);
                default ->
                    throw InvalidWarehouse.of("CopyCommand.CopyOptions: JSON can be 'auto' or 'auto ignorecase' for a"
                            + " PostgreSQL-compatible warehouse");
            };
        }

        private Delimited delimited(char character) {
            if (character == '.' || Character.isLetterOrDigit(character)) {
                throw InvalidWarehouse.of("CopyCommand.CopyOptions: DELIMITER can be no letter, digit or full stop");
            }
            checkNull(character);
            return new Delimited(character, nullText == null ? "\\N" : nullText);
        }

        private void checkNull(char character) {
            if (nullText != null && nullText.indexOf(character) >= 0) {
                throw InvalidWarehouse.of("CopyCommand.CopyOptions: NULL has the DELIMITER in it");
            }
        }

        private static char or(@Nullable Character given, char otherwise) {
            return given == null ? otherwise : given;
        }
    }
}
