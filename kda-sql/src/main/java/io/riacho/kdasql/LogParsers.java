package io.riacho.kdasql;

import io.riacho.kdasql.Type.Field;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.parser.SqlParserPos;

/** Translates the functions that take lines of logs apart into rows of columns. */
final class LogParsers {
    private static final int W3C_COMMON_COLUMNS = 7;
    private static final int W3C_COMBINED_COLUMNS = 9;
    static final Type SYS_LOG =
            Type.row(List.of(new Field("COLUMN1", Type.TIMESTAMP), new Field("COLUMN2", Type.VARCHAR)));

    private final ScalarFunctions scalars;
    private final Functions functions;

    LogParsers(ScalarFunctions scalars, Functions functions) {
        this.scalars = scalars;
        this.functions = functions;
    }

    Expr regexLogParse(SqlCall call, String function, List<Expr> arguments) {
        ScalarFunctions.count(call, arguments, 2, 2);
        Expr x = scalars.text(call, arguments, 0, 2);
        Pattern pattern = ScalarFunctions.checkPattern(call, 1);
        int groups = pattern.matcher("").groupCount();
        if (groups == 0) {
            throw new SqlCodeException(call.operand(1).getParserPosition(), "The pattern has no groups in parentheses");
        }
        String text = functions.use(function) + "(" + ScalarFunctions.list(List.of(x, arguments.get(1))) + ")";
        Expr row = Expr.call(text, columns(groups), x);
        // Documented to give no row where nothing matches.
        return function.equals("KDA_FAST_REGEX_LOG_PARSE")
                ? row.failing("(" + x.operand() + " IS NOT NULL AND " + text + " IS NULL)")
                : row;
    }

    Expr w3cLogParse(SqlCall call, List<Expr> arguments) {
        ScalarFunctions.count(call, arguments, 2, 2);
        Expr x = scalars.text(call, arguments, 0, 2);
        String format = ScalarFunctions.literal(call, 1);
        int columns = switch (format) {
            case "COMMON" -> W3C_COMMON_COLUMNS;
            case "COMMON WITH VHOST" -> W3C_COMMON_COLUMNS + 1;
            case "NCSA EXTENDED", "COMBINED" -> W3C_COMBINED_COLUMNS;
            case "REFERER" -> 2;
            case "AGENT" -> 1;
            default ->
                throw new SqlCodeException(
                        call.operand(1).getParserPosition(), "The log format '" + format + "' is not supported");
        };
        return Expr.call(
                functions.use("KDA_W3C_LOG_PARSE") + "(" + ScalarFunctions.list(List.of(x, arguments.get(1))) + ")",
                columns(columns),
                x);
    }

    Expr variableColumns(SqlCall call, List<Expr> arguments) {
        ScalarFunctions.count(call, arguments, 3, 5);
        Expr x = scalars.text(call, arguments, 0, arguments.size());
        List<Field> fields = declaredColumns(call, ScalarFunctions.literal(call, 1));
        for (int i = 2; i < arguments.size(); i++) {
            ScalarFunctions.literal(call, i);
        }
        List<Expr> parts = new ArrayList<>(arguments);
        parts.set(0, x);
        return Expr.call(
                functions.use("KDA_VARIABLE_COLUMN_LOG_PARSE") + "(" + ScalarFunctions.list(parts) + ")",
                Type.row(fields),
                x);
    }

    Expr fixedColumns(SqlCall call, List<Expr> arguments) {
        ScalarFunctions.count(call, arguments, 2, 2);
        Expr x = scalars.text(call, arguments, 0, 2);
        List<Field> fields = declaredColumns(call, ScalarFunctions.literal(call, 1));
        return Expr.call(
                functions.use("KDA_FIXED_COLUMN_LOG_PARSE") + "(" + ScalarFunctions.list(List.of(x, arguments.get(1)))
                        + ")",
                Type.row(fields),
                x);
    }

    /** {@code NAME TYPE VARCHAR(16), …}, or the number of columns; the name may be quoted, {@code TYPE} and what follows the type may be missing. */
    private static List<Field> declaredColumns(SqlCall call, String text) {
        SqlParserPos position = call.operand(1).getParserPosition();
        if (text.strip().matches("\\d{1,3}")) {
            return columns(Integer.parseInt(text.strip())).fields();
        }
        List<Field> fields = new ArrayList<>();
        for (String part : text.split(",(?![^(]*\\))")) {
            String[] words = part.strip().split("\\s+", 3);
            if (words.length < 2) {
                throw new SqlCodeException(position, "A column of the log needs a name and a type: " + part.strip());
            }
            String name = words[0].startsWith("\"") ? words[0].replace("\"", "") : ApplicationParser.upper(words[0]);
            String type = words[1].equalsIgnoreCase("TYPE") && words.length > 2
                    ? words[2]
                    : part.strip().substring(words[0].length());
            String typeOnly = type.strip().replaceFirst("(?i)(\\s+'.*|\\s+NOT\\s+NULL.*|\\s+START\\s+.*)", "");
            try {
                fields.add(new Field(name, Type.parse(typeOnly)));
            } catch (SqlCodeException e) {
                throw new SqlCodeException(position, String.valueOf(e.getMessage()));
            }
        }
        return fields;
    }

    private static Type columns(int count) {
        List<Field> fields = new ArrayList<>();
        for (int i = 1; i <= count; i++) {
            fields.add(new Field("COLUMN" + i, Type.VARCHAR));
        }
        return Type.row(fields);
    }
}
