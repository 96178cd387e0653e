package io.riacho.leasetables.expression;

import io.riacho.leasetables.value.Type;
import io.riacho.leasetables.value.Value;
import io.riacho.protocol.AwsException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Reads update expressions.
 *
 * @see <a href="https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Expressions.UpdateExpressions.html">the
 *     grammar</a>
 */
final class UpdateReader {

    private static final int MAX_DEPTH = 50;

    private final Tokens tokens;
    private final PathReader paths;
    private final List<Update.Action> actions = new ArrayList<>();
    private int depth;

    UpdateReader(Tokens tokens, Placeholders placeholders) {
        this.tokens = tokens;
        this.paths = new PathReader(tokens, placeholders);
    }

    Update read() {
        Set<String> sections = new HashSet<>();
        while (tokens.peek().kind() != Token.Kind.END) {
            String section = section();
            if (!sections.add(section)) {
                throw tokens.invalid("The \"" + section + "\" section can only be used once in an update expression;");
            }
            do {
                add(action(section));
            } while (tokens.takeIfSymbol(","));
        }
        return new Update(actions, true);
    }

    private String section() {
        for (String section : List.of("SET", "REMOVE", "ADD", "DELETE")) {
            if (tokens.takeIfWord(section)) {
                return section;
            }
        }
        throw tokens.syntaxError();
    }

    private Update.Action action(String section) {
        Path path = paths.path();
        return switch (section) {
            case "SET" -> {
                tokens.expectSymbol("=");
                yield new Update.SetTo(path, sum());
            }
            case "REMOVE" -> new Update.Remove(path);
            case "ADD" -> {
                Value value = literal();
                if (value.type() != Type.N && !value.type().isSet()) {
                    throw wrongType("operator", "ADD", value.type().word());
                }
                yield new Update.Add(path, value);
            }
            default -> {
                Value value = literal();
                if (value instanceof Value.Many elements) {
                    yield new Update.Delete(path, elements);
                }
                throw wrongType("operator", "DELETE", value.type().word());
            }
        };
    }

    private void add(Update.Action action) {
        for (Update.Action other : actions) {
            requireApart(other.path(), action.path());
        }
        actions.add(action);
    }

    private void requireApart(Path one, Path two) {
        int common = Math.min(one.steps().size(), two.steps().size());
        for (int i = 0; i < common; i++) {
            Path.Step left = one.steps().get(i);
            Path.Step right = two.steps().get(i);
            if (left.getClass() != right.getClass()) {
                throw clash("conflict", one, two);
            }
            if (!left.equals(right)) {
                return;
            }
        }
        throw clash("overlap", one, two);
    }

    private Operand sum() {
        Operand left = operand();
        boolean plus = tokens.takeIfSymbol("+");
        if (!plus && !tokens.takeIfSymbol("-")) {
            return left;
        }
        Operand right = operand();
        for (Operand operand : List.of(left, right)) {
            requireType(plus ? "+" : "-", operand, Type.N);
        }
        return new Operand.Computed.Sum(left, right, !plus);
    }

    private Operand operand() {
        if (++depth > MAX_DEPTH) {
            throw tokens.invalid("The expression contains too many operators; operator count: " + depth);
        }
        Operand operand = nested();
        depth--;
        return operand;
    }

    private Operand nested() {
        Token token = tokens.peek();
        if (tokens.takeIfSymbol("(")) {
            Operand inner = sum();
            tokens.expectSymbol(")");
            return inner;
        }
        if (token.kind() == Token.Kind.VALUE) {
            return paths.literal();
        }
        if (token.kind() == Token.Kind.WORD && tokens.peekSecond().isSymbol("(")) {
            return function(tokens.take().text());
        }
        return paths.path();
    }

    private Operand function(String name) {
        if (!name.equals("if_not_exists") && !name.equals("list_append")) {
            throw tokens.invalid("Invalid function name; function: " + name);
        }
        tokens.expectSymbol("(");
        List<Operand> operands = new ArrayList<>();
        do {
            operands.add(operand());
        } while (tokens.takeIfSymbol(","));
        tokens.expectSymbol(")");
        if (operands.size() != 2) {
            throw tokens.invalid("Incorrect number of operands for operator or function; operator or function: " + name
                    + ", number of operands: " + operands.size());
        }
        if (name.equals("list_append")) {
            operands.forEach(operand -> requireType(name, operand, Type.L));
            return new Operand.Computed.ListAppend(operands.getFirst(), operands.getLast());
        }
        if (operands.getFirst() instanceof Path path) {
            return new Operand.Computed.IfNotExists(path, operands.getLast());
        }
        throw tokens.invalid("Operator or function requires a document path; operator or function: " + name);
    }

    private Value literal() {
        if (tokens.peek().kind() != Token.Kind.VALUE) {
            throw tokens.syntaxError();
        }
        return paths.literal().value();
    }

    private void requireType(String operator, Operand operand, Type allowed) {
        Type type = operand.type();
        if (type != null && type != allowed) {
            throw wrongType("operator or function", operator, type.name());
        }
    }

    private AwsException wrongType(String what, String operator, String type) {
        return tokens.invalid("Incorrect operand type for operator or function; " + what + ": " + operator
                + ", operand type: " + type);
    }

    private AwsException clash(String how, Path one, Path two) {
        return tokens.invalid("Two document paths " + how + " with each other; must remove or rewrite one of these "
                + "paths; path one: " + one + ", path two: " + two);
    }
}
