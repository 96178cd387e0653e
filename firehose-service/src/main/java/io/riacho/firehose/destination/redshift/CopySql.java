package io.riacho.firehose.destination.redshift;

import io.riacho.firehose.destination.warehouse.SqlName;
import java.util.List;

/** The {@code COPY} of one table. Texts of users are in it as quoted names and texts, and as known words. */
final class CopySql {

    private final String target;
    private final String role;
    private final String options;

    /**
     * @param table one or two parts
     * @param columns empty for all
     * @param role with which Redshift reads the bucket
     * @param options of {@link RedshiftOptions}
     */
    CopySql(List<String> table, List<String> columns, String role, String options) {
        this.target =
                SqlName.quoted(table, ".") + (columns.isEmpty() ? "" : " (" + SqlName.quoted(columns, ", ") + ")");
        this.role = role;
        this.options = options;
    }

    String of(String manifest) {
        return "COPY " + target + " FROM " + text(manifest) + " IAM_ROLE " + text(role) + " MANIFEST" + options;
    }

    private static String text(String value) {
        if (value.indexOf('\\') >= 0) {
            throw new IllegalArgumentException("a backslash in " + value);
        }
        return "'" + value.replace("'", "''") + "'";
    }
}
