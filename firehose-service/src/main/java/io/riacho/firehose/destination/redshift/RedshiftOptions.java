package io.riacho.firehose.destination.redshift;

import io.riacho.firehose.destination.warehouse.CopyOptions;
import io.riacho.firehose.destination.warehouse.CopyOptions.Token;
import io.riacho.firehose.destination.warehouse.InvalidWarehouse;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * {@code CopyOptions} for Redshift: words that <a href="https://docs.aws.amazon.com/redshift/latest/dg/r_COPY.html">its COPY</a> knows, put
 * together anew. Where the data and the right to read it come from is Riacho's to say.
 */
final class RedshiftOptions {

    private static final Set<String> WORDS = Set.of(
            "ACCEPTANYDATE",
            "ACCEPTINVCHARS",
            "AS",
            "AVRO",
            "BLANKSASNULL",
            "COMPROWS",
            "COMPUPDATE",
            "CSV",
            "DATEFORMAT",
            "DELIMITER",
            "EMPTYASNULL",
            "ENCODING",
            "ESCAPE",
            "EXPLICIT_IDS",
            "FALSE",
            "FILLRECORD",
            "FIXEDWIDTH",
            "FORMAT",
            "GZIP",
            "IGNOREBLANKLINES",
            "IGNOREHEADER",
            "JSON",
            "MAXERROR",
            "NULL",
            "OFF",
            "ON",
            "PRESET",
            "QUOTE",
            "REGION",
            "REMOVEQUOTES",
            "ROUNDEC",
            "STATUPDATE",
            "TIMEFORMAT",
            "TRIMBLANKS",
            "TRUE",
            "TRUNCATECOLUMNS",
            "UTF16",
            "UTF16BE",
            "UTF16LE",
            "UTF8");

    private static final Pattern NUMBER = Pattern.compile("[0-9]{1,18}");

    /** A backslash escapes in Redshift's texts, so none may stand before the quote that ends one. */
    private static final Pattern TEXT = Pattern.compile("(?:[^\\\\\\x00]|\\\\[A-Za-z0-9])*");

    private RedshiftOptions() {}

    /** The options as SQL, with a space before each. */
    static String sql(@Nullable String copyOptions) {
        CopyOptions options = new CopyOptions(copyOptions);
        StringBuilder sql = new StringBuilder();
        while (options.hasNext()) {
            sql.append(' ').append(sql(options.next()));
        }
        return sql.toString();
    }

    private static String sql(Token token) {
        if (token.quoted()) {
            if (!TEXT.matcher(token.value()).matches()) {
                throw InvalidWarehouse.of(
                        "CopyCommand.CopyOptions: in a text a backslash has to stand before a letter or a digit");
            }
            return "'" + token.value().replace("'", "''") + "'";
        }
        if (!WORDS.contains(token.value()) && !NUMBER.matcher(token.value()).matches()) {
            throw CopyOptions.refused(token, "is no option that is taken for Redshift");
        }
        return token.value();
    }

    static boolean hasGzip(@Nullable String copyOptions) {
        CopyOptions options = new CopyOptions(copyOptions);
        boolean gzip = false;
        while (options.hasNext()) {
            Token token = options.next();
            gzip |= !token.quoted() && token.value().equals("GZIP");
        }
        return gzip;
    }
}
