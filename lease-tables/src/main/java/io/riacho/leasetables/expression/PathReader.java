package io.riacho.leasetables.expression;

import io.riacho.leasetables.value.Value;
import java.util.ArrayList;
import java.util.List;

/** Reads document paths and {@code :values}, which all expressions have. */
final class PathReader {

    private static final int LONGEST_INDEX = 9;
    private static final int MOST_STEPS = 32;

    private final Tokens tokens;
    private final Placeholders placeholders;

    PathReader(Tokens tokens, Placeholders placeholders) {
        this.tokens = tokens;
        this.placeholders = placeholders;
    }

    Path path() {
        List<Path.Step> steps = new ArrayList<>();
        steps.add(name());
        while (true) {
            if (tokens.takeIfSymbol(".")) {
                steps.add(name());
            } else if (tokens.takeIfSymbol("[")) {
                steps.add(index());
                tokens.expectSymbol("]");
            } else {
                return new Path(steps);
            }
            if (steps.size() > MOST_STEPS) {
                throw tokens.invalid(
                        "The document path has too many nesting elements; nesting levels: " + steps.size());
            }
        }
    }

    Operand.Literal literal() {
        Token token = tokens.take();
        Value value = placeholders.value(token.text());
        if (value == null) {
            throw tokens.invalid("An expression attribute value used in expression is not defined; attribute value: "
                    + token.text());
        }
        return new Operand.Literal(value);
    }

    private Path.Step name() {
        Token token = tokens.peek();
        switch (token.kind()) {
            case WORD -> {
                if (ReservedWords.contains(token.text())) {
                    throw tokens.invalid("Attribute name is a reserved keyword; reserved keyword: " + token.text());
                }
                tokens.take();
                return new Path.Name(token.text());
            }
            case NAME -> {
                tokens.take();
                String name = placeholders.name(token.text());
                if (name == null) {
                    throw tokens.invalid("An expression attribute name used in the document path is not defined; "
                            + "attribute name: " + token.text());
                }
                return new Path.Name(name);
            }
            default -> throw tokens.syntaxError();
        }
    }

    private Path.Step index() {
        Token token = tokens.peek();
        if (token.kind() != Token.Kind.NUMBER) {
            throw tokens.syntaxError();
        }
        if (token.text().length() > LONGEST_INDEX) {
            throw tokens.invalid("List index is not within the allowable range; index: [" + token.text() + "]");
        }
        tokens.take();
        return new Path.Index(Integer.parseInt(token.text()));
    }
}
