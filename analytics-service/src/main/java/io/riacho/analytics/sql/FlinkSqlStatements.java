package io.riacho.analytics.sql;

import io.riacho.analytics.job.CodeException;
import io.riacho.analytics.job.CodeRules;
import io.riacho.analytics.sql.FlinkSqlLexer.Lexeme;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The statements of Flink SQL code.
 *
 * @param definitions of tables, views and functions, in their order
 * @param inserts in their order, whether they were in a statement set or not
 * @param settings by SET
 */
record FlinkSqlStatements(List<String> definitions, List<String> inserts, Map<String, String> settings) {

    /** Each statement keeps its place by what is in front of it, so that many of them take space. */
    private static final int MOST = 300;

    FlinkSqlStatements {
        definitions = List.copyOf(definitions);
        inserts = List.copyOf(inserts);
        settings = Map.copyOf(settings);
    }

    /** @throws CodeException where there is a statement that an application cannot have */
    static FlinkSqlStatements read(String code, CodeRules allowed) {
        Reader reader = new Reader(code, new FlinkSqlRules(allowed));
        List<Lexeme> statement = new ArrayList<>();
        for (Lexeme lexeme : FlinkSqlLexer.read(code)) {
            if (lexeme.isEnd()) {
                reader.add(statement);
                statement = new ArrayList<>();
            } else {
                statement.add(lexeme);
            }
        }
        reader.add(statement);
        return reader.end();
    }

    private static final class Reader {

        private final String code;
        private final FlinkSqlRules rules;
        private final List<String> definitions = new ArrayList<>();
        private final List<String> inserts = new ArrayList<>();
        private final Map<String, String> settings = new HashMap<>();
        private boolean inSet;
        private int count;

        Reader(String code, FlinkSqlRules rules) {
            this.code = code;
            this.rules = rules;
        }

        void add(List<Lexeme> statement) {
            if (statement.isEmpty()) {
                return;
            }
            if (++count > MOST) {
                throw problem(statement.get(0), "An application can have at most " + MOST + " statements.");
            }
            List<Lexeme> rest = withoutSet(statement);
            if (rest.isEmpty()) {
                return;
            }
            Lexeme first = rest.get(0);
            switch (first.word()) {
                case "END" -> {
                    if (!inSet || rest.size() > 1) {
                        throw problem(first, "END ends no statement set.");
                    }
                    inSet = false;
                }
                case "INSERT" -> {
                    rules.check(rest);
                    inserts.add(placed(rest));
                }
                case "SET" -> set(rest);
                default -> {
                    if (inSet) {
                        throw problem(first, "A statement set has INSERTs only.");
                    }
                    rules.checkDefinition(rest, !inserts.isEmpty());
                    definitions.add(placed(rest));
                }
            }
        }

        FlinkSqlStatements end() {
            if (inSet) {
                throw new CodeException("The statement set has no END.", 0, 0);
            }
            return new FlinkSqlStatements(definitions, inserts, settings);
        }

        /** What begins a statement set is no statement by itself. */
        private List<Lexeme> withoutSet(List<Lexeme> statement) {
            if (begins(statement, "BEGIN", "STATEMENT", "SET")) {
                beginSet(statement.get(0));
                return statement.subList(3, statement.size());
            }
            if (begins(statement, "EXECUTE", "STATEMENT", "SET", "BEGIN")) {
                beginSet(statement.get(0));
                return statement.subList(4, statement.size());
            }
            return begins(statement, "EXECUTE", "INSERT") ? statement.subList(1, statement.size()) : statement;
        }

        private void beginSet(Lexeme first) {
            if (inSet) {
                throw problem(first, "A statement set has INSERTs only.");
            }
            inSet = true;
        }

        private void set(List<Lexeme> statement) {
            boolean formed = statement.size() == 4
                    && statement.get(1).isString()
                    && statement.get(2).is("=")
                    && statement.get(3).isString();
            if (!formed) {
                throw problem(statement.get(0), "SET needs the form SET 'key' = 'value'.");
            }
            String key = statement.get(1).text();
            rules.checkSetting(statement.get(1), key);
            settings.put(key, statement.get(3).text());
        }

        /** The statement at its line and column, so that what Flink says of these holds for the code. */
        private String placed(List<Lexeme> statement) {
            Lexeme first = statement.get(0);
            Lexeme last = statement.get(statement.size() - 1);
            return "\n".repeat(first.line() - 1)
                    + " ".repeat(first.column() - 1)
                    + code.substring(first.start(), last.end());
        }

        private static boolean begins(List<Lexeme> statement, String... words) {
            if (statement.size() < words.length) {
                return false;
            }
            for (int i = 0; i < words.length; i++) {
                if (!statement.get(i).word().equals(words[i])) {
                    return false;
                }
            }
            return true;
        }
    }

    static CodeException problem(Lexeme at, String message) {
        return new CodeException(message, at.line(), at.column());
    }
}
