package io.riacho.leasetables.expression;

import java.util.ArrayList;
import java.util.List;

/** Reads the expressions of requests. Errors name the parameter that the expression was given as. */
public final class Expressions {

    private Expressions() {}

    /** @throws io.riacho.protocol.AwsException ValidationException where it is none */
    public static Condition condition(String parameter, String text, Placeholders placeholders) {
        return new ConditionReader(new Tokens(parameter, text), placeholders).read();
    }

    public static Update update(String text, Placeholders placeholders) {
        return new UpdateReader(new Tokens("UpdateExpression", text), placeholders).read();
    }

    public static Projection projection(String text, Placeholders placeholders) {
        Tokens tokens = new Tokens("ProjectionExpression", text);
        PathReader reader = new PathReader(tokens, placeholders);
        List<Path> paths = new ArrayList<>();
        do {
            paths.add(reader.path());
        } while (tokens.takeIfSymbol(","));
        tokens.expectEnd();
        for (int i = 0; i < paths.size(); i++) {
            for (int j = 0; j < i; j++) {
                if (Projection.overlap(paths.get(j), paths.get(i))) {
                    throw tokens.invalid("Two document paths overlap with each other; must remove or rewrite one of "
                            + "these paths; path one: " + paths.get(j) + ", path two: " + paths.get(i));
                }
            }
        }
        return new Projection(paths);
    }
}
