package io.riacho.analytics.sql;

import io.riacho.analytics.job.CodeException;
import io.riacho.analytics.sql.FlinkSqlLexer.Lexeme;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** The consumers of enhanced fan-out that Flink SQL code has its job register. */
public final class FanOutConsumers {

    private static final String NAME = "source.efo.consumer.name";
    private static final String LIFECYCLE = "source.efo.lifecycle";
    private static final String OF_OTHERS = "SELF_MANAGED";

    private FanOutConsumers() {}

    /** @param stream its ARN, or its name */
    public record Consumer(String stream, String name) {}

    /** None where the code cannot be read, which never ran then. */
    public static Set<Consumer> of(String code) {
        Set<Consumer> consumers = new LinkedHashSet<>();
        Map<String, String> options = new HashMap<>();
        try {
            var lexemes = FlinkSqlLexer.read(code);
            for (int i = 0; i < lexemes.size(); i++) {
                if (lexemes.get(i).isEnd()) {
                    add(options, consumers);
                    options.clear();
                } else if (i + 2 < lexemes.size() && isOption(lexemes.get(i), lexemes.get(i + 1), lexemes.get(i + 2))) {
                    options.put(
                            lexemes.get(i).text().strip().toLowerCase(Locale.ROOT),
                            lexemes.get(i + 2).text());
                }
            }
        } catch (CodeException e) {
            return Set.of();
        }
        add(options, consumers);
        return consumers;
    }

    private static boolean isOption(Lexeme key, Lexeme sign, Lexeme value) {
        return key.isString() && sign.is("=") && value.isString();
    }

    private static void add(Map<String, String> options, Set<Consumer> consumers) {
        String name = options.get(NAME);
        String arn = options.get("stream.arn");
        String stream = arn == null ? options.get("stream") : arn;
        if (name != null && stream != null && !OF_OTHERS.equalsIgnoreCase(options.get(LIFECYCLE))) {
            consumers.add(new Consumer(stream, name));
        }
    }
}
