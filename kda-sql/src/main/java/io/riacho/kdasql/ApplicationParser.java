package io.riacho.kdasql;

import io.riacho.kdasql.grammar.KdaParser;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.apache.calcite.avatica.util.Casing;
import org.apache.calcite.avatica.util.Quoting;
import org.apache.calcite.config.Lex;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.parser.SqlParseException;
import org.apache.calcite.sql.parser.SqlParser;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.jspecify.annotations.Nullable;

/** Parses the text of an application into its statements, within bounds. Identifiers come out folded. */
final class ApplicationParser {
    private static final SqlParser.Config CONFIG = SqlParser.config()
            .withLex(Lex.ORACLE)
            .withQuoting(Quoting.DOUBLE_QUOTE)
            .withUnquotedCasing(Casing.TO_UPPER)
            .withQuotedCasing(Casing.UNCHANGED)
            .withIdentifierMaxLength(128)
            .withParserFactory(KdaParser.FACTORY);

    private static final Pattern MORE_THAN_THE_REASON = Pattern.compile("(?s)\\s*Was expecting.*");

    private final Limits limits;

    ApplicationParser(Limits limits) {
        this.limits = limits;
    }

    List<SqlNode> statements(String text) {
        if (text.length() > limits.codeCharacters()) {
            throw new SqlCodeException(
                    0, 0, "The code is longer than %,d characters".formatted(limits.codeCharacters()));
        }
        checkNesting(text);
        if (text.isBlank()) {
            return List.of();
        }
        SqlNodeList list;
        try {
            list = SqlParser.create(text, CONFIG).parseStmtList();
        } catch (SqlParseException e) {
            throw new SqlCodeException(e.getPos() == null ? SqlParserPos.ZERO : e.getPos(), reason(e));
        }
        if (list.size() > limits.statements()) {
            throw new SqlCodeException(0, 0, "The code has more than %,d statements".formatted(limits.statements()));
        }
        List<SqlNode> statements = new ArrayList<>();
        for (SqlNode statement : list) {
            statements.add(statement);
        }
        return statements;
    }

    /** The parser descends once for each open parenthesis, so they are counted before; text and comments do not count. */
    private void checkNesting(String text) {
        int depth = 0;
        int line = 1;
        int lineStart = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\n') {
                line++;
                lineStart = i + 1;
            } else if (c == '\'' || c == '"') {
                int end = text.indexOf(c, i + 1);
                if (end < 0) {
                    return;
                }
                line += (int)
                        text.substring(i, end).chars().filter(x -> x == '\n').count();
                i = end;
            } else if (text.startsWith("--", i) || text.startsWith("//", i)) {
                int end = text.indexOf('\n', i);
                i = end < 0 ? text.length() : end - 1;
            } else if (text.startsWith("/*", i)) {
                int end = text.indexOf("*/", i + 2);
                if (end < 0) {
                    return;
                }
                line += (int)
                        text.substring(i, end).chars().filter(x -> x == '\n').count();
                i = end + 1;
            } else if (c == '(' || c == '[' || c == '{') {
                if (++depth > limits.nesting()) {
                    throw new SqlCodeException(line, i - lineStart + 1, "The code is nested too deeply");
                }
            } else if (c == ')' || c == ']' || c == '}') {
                depth = Math.max(0, depth - 1);
            }
        }
    }

    /** Refuses a tree that is too deep for what walks it, without descending into it. */
    void checkDepth(SqlNode root) {
        Deque<Map.Entry<SqlNode, Integer>> open = new ArrayDeque<>();
        open.push(Map.entry(root, 1));
        while (!open.isEmpty()) {
            Map.Entry<SqlNode, Integer> next = open.pop();
            int depth = next.getValue();
            if (depth > limits.nesting()) {
                throw new SqlCodeException(next.getKey().getParserPosition(), "The expression is nested too deeply");
            }
            List<? extends @Nullable SqlNode> children = switch (next.getKey()) {
                case SqlCall call -> call.getOperandList();
                case SqlNodeList list -> list.getList();
                default -> List.of();
            };
            for (SqlNode child : children) {
                if (child != null) {
                    open.push(Map.entry(child, depth + 1));
                }
            }
        }
    }

    private static String reason(SqlParseException e) {
        String message = e.getMessage() == null ? "The code cannot be parsed" : e.getMessage();
        String reason = MORE_THAN_THE_REASON.matcher(message).replaceFirst("").strip();
        reason = reason.replaceFirst(" at line \\d+, column \\d+\\.?$", "").replaceFirst("^Encountered", "Unexpected");
        return reason.length() > 300 ? reason.substring(0, 300) + "…" : reason;
    }

    /** A word as an identifier without quotes is stored. */
    static String upper(String word) {
        return word.toUpperCase(Locale.ROOT);
    }
}
