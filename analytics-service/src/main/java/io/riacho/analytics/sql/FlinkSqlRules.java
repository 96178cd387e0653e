package io.riacho.analytics.sql;

import static io.riacho.analytics.sql.FlinkSqlStatements.problem;

import io.riacho.analytics.job.CodeRules;
import io.riacho.analytics.sql.FlinkSqlLexer.Lexeme;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * What Flink SQL of a customer may say. Its job shares a process, files and a network with the service and with others: it
 * may use the connectors that act as the application's roles, and none that reads files or loads classes.
 */
final class FlinkSqlRules {

    private static final List<String> FORBIDDEN_OPTIONS =
            List.of("aws.credentials", "riacho.", "function.url", "preview.", "path");
    private static final Set<String> DEFINED = Set.of("TABLE", "VIEW", "FUNCTION");
    private static final Set<String> BEFORE_KIND = Set.of("OR", "REPLACE", "TEMPORARY", "SYSTEM");
    private static final String FUNCTIONS = "io.riacho.flink.function.";

    private final CodeRules rules;

    FlinkSqlRules(CodeRules rules) {
        this.rules = rules;
    }

    /** @param afterInsert whether it stands behind an INSERT, though Flink will see it before */
    void checkDefinition(List<Lexeme> statement, boolean afterInsert) {
        Lexeme first = statement.get(0);
        String verb = first.word();
        if (!verb.equals("CREATE") && !verb.equals("DROP") && !verb.equals("ALTER")) {
            throw problem(
                    first,
                    first.image() + " is not supported here: an application has CREATE, ALTER, DROP, SET and INSERT.");
        }
        if (afterInsert && !verb.equals("CREATE")) {
            throw problem(first, verb + " has to stand before the INSERTs.");
        }
        int kind = 1;
        while (kind < statement.size()
                && BEFORE_KIND.contains(statement.get(kind).word())) {
            kind++;
        }
        if (kind == statement.size() || !DEFINED.contains(statement.get(kind).word())) {
            Lexeme at = statement.get(Math.min(kind, statement.size() - 1));
            throw problem(at, verb + " is supported of TABLE, VIEW and FUNCTION only.");
        }
        if (verb.equals("CREATE")) {
            if (statement.get(kind).is("FUNCTION")) {
                checkFunction(statement);
            } else if (statement.get(kind).is("TABLE")) {
                checkNoQuery(statement);
            }
        } else if (verb.equals("ALTER") && statement.get(kind).is("FUNCTION")) {
            throw problem(first, "ALTER FUNCTION is not supported.");
        }
        check(statement);
    }

    /**
     * Looks at options of tables, and of hints, whose names need no quotes. What SQL could write in several ways has to be
     * written plainly, or nobody could tell what it says.
     */
    void check(List<Lexeme> statement) {
        boolean inHint = false;
        for (int i = 0; i + 2 < statement.size(); i++) {
            Lexeme key = statement.get(i);
            if (key.isHintBegin()) {
                inHint = true;
            } else if (key.is("*/")) {
                inHint = false;
            }
            if (!statement.get(i + 1).is("=") || !statement.get(i + 2).isLiteral()) {
                continue;
            }
            boolean plain = !key.isLiteral()
                    || (key.isString() && (i == 0 || !statement.get(i - 1).isLiteral()));
            Lexeme value = statement.get(i + 2);
            boolean plainValue = value.isString()
                    && (i + 3 == statement.size() || !statement.get(i + 3).isLiteral());
            if (key.isLiteral() && !(plain && plainValue)) {
                throw problem(key, "Options have to be written as plain strings, each in one piece.");
            }
            if (key.isString() || inHint) {
                checkOption(key, value, plainValue);
            }
        }
    }

    private void checkOption(Lexeme key, Lexeme value, boolean plainValue) {
        String name = key.name().strip().toLowerCase(Locale.ROOT);
        if (name.equals("connector") && !(plainValue && rules.allowsConnector(value.name()))) {
            throw problem(
                    value, "The connector " + value.image() + " is not supported, but " + rules.allConnectors() + ".");
        }
        if (FORBIDDEN_OPTIONS.stream().anyMatch(name::startsWith)) {
            throw problem(key, "The option " + key.image() + " is for the service to set.");
        }
    }

    void checkSetting(Lexeme at, String key) {
        if (!rules.allowsSetting(key)) {
            throw problem(
                    at, "The setting " + key + " is for the service to set, but those of " + rules.allSettings() + ".");
        }
    }

    private static void checkFunction(List<Lexeme> statement) {
        for (int i = 0; i < statement.size(); i++) {
            Lexeme lexeme = statement.get(i);
            if (lexeme.word().equals("USING")) {
                throw problem(lexeme, "Functions in JAR files are not supported.");
            }
            if (lexeme.word().equals("LANGUAGE")
                    && (i + 1 == statement.size() || !statement.get(i + 1).is("JAVA"))) {
                throw problem(lexeme, "Functions are supported in Java only.");
            }
            if (lexeme.isString() && !lexeme.text().startsWith(FUNCTIONS)) {
                throw problem(lexeme, "The class " + lexeme.text() + " is not supported as a function.");
            }
        }
    }

    /** CREATE TABLE … AS SELECT would run a job of its own. */
    private static void checkNoQuery(List<Lexeme> statement) {
        int depth = 0;
        for (Lexeme lexeme : statement) {
            switch (lexeme.word()) {
                case "(" -> depth++;
                case ")" -> depth--;
                case "AS" -> {
                    if (depth == 0) {
                        throw problem(lexeme, "CREATE TABLE AS is not supported; create the table, and INSERT.");
                    }
                }
                default -> {}
            }
        }
    }
}
