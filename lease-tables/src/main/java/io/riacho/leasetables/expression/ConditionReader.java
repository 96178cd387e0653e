package io.riacho.leasetables.expression;

import io.riacho.leasetables.value.Numbers;
import io.riacho.leasetables.value.Type;
import io.riacho.leasetables.value.Value;
import io.riacho.leasetables.value.Values;
import io.riacho.protocol.AwsException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Reads condition, filter and key condition expressions, by recursive descent.
 *
 * @see <a href="https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Expressions.OperatorsAndFunctions.html">the
 *     grammar</a>
 */
final class ConditionReader {

    /** DynamoDB's bound for a whole expression; here also what keeps the reader's stack small. */
    private static final int MAX_OPERATORS = 300;

    private static final int MAX_DEPTH = 150;
    private static final int MAX_CANDIDATES = 100;

    private final Tokens tokens;
    private final PathReader paths;
    private int operators;
    private int depth;

    ConditionReader(Tokens tokens, Placeholders placeholders) {
        this.tokens = tokens;
        this.paths = new PathReader(tokens, placeholders);
    }

    Condition read() {
        Node node = or();
        tokens.expectEnd();
        return condition(node);
    }

    private Node or() {
        Node left = and();
        while (tokens.takeIfWord("OR")) {
            count();
            left = new Condition.Or(condition(left), condition(and()));
        }
        return left;
    }

    private Node and() {
        Node left = not();
        while (tokens.takeIfWord("AND")) {
            count();
            left = new Condition.And(condition(left), condition(not()));
        }
        return left;
    }

    private Node not() {
        if (!tokens.takeIfWord("NOT")) {
            return comparison();
        }
        count();
        enter();
        Condition negated = new Condition.Not(condition(not()));
        depth--;
        return negated;
    }

    private Node comparison() {
        Node left = primary();
        for (Condition.Comparator comparator : Condition.Comparator.values()) {
            if (tokens.takeIfSymbol(comparator.symbol())) {
                count();
                return compared(comparator, operand(left), operand(primary()));
            }
        }
        if (tokens.takeIfWord("BETWEEN")) {
            count();
            Operand lower = operand(primary());
            tokens.expectWord("AND");
            return between(operand(left), lower, operand(primary()));
        }
        if (tokens.takeIfWord("IN")) {
            count();
            return in(operand(left));
        }
        return left;
    }

    private Condition compared(Condition.Comparator comparator, Operand left, Operand right) {
        if (left instanceof Path && left.equals(right)) {
            throw sameOperands(comparator.symbol(), left);
        }
        if (comparator != Condition.Comparator.EQUAL && comparator != Condition.Comparator.NOT_EQUAL) {
            requireOrdered(comparator.symbol(), left);
            requireOrdered(comparator.symbol(), right);
        }
        return new Condition.Comparison(comparator, left, right);
    }

    private Condition between(Operand value, Operand lower, Operand upper) {
        for (Operand operand : List.of(value, lower, upper)) {
            requireOrdered("BETWEEN", operand);
        }
        if (lower instanceof Operand.Literal(Value low) && upper instanceof Operand.Literal(Value high)) {
            String bounds = "; lower bound operand: AttributeValue: " + shown(low)
                    + ", upper bound operand: AttributeValue: " + shown(high);
            if (low.type() != high.type()) {
                throw tokens.invalid(
                        "The BETWEEN operator requires same data type for lower and upper bounds" + bounds);
            }
            if (Values.compare(low, high) > 0) {
                throw tokens.invalid("The BETWEEN operator requires upper bound to be greater than or equal to lower "
                        + "bound" + bounds);
            }
        }
        return new Condition.Between(value, lower, upper);
    }

    /** @param bound a text, number or binary */
    private static String shown(Value bound) {
        String text = switch (bound) {
            case Value.Text(String value) -> value;
            case Value.Decimal(var number) -> Numbers.text(number);
            default -> "...";
        };
        return "{" + bound.type() + ":" + text + "}";
    }

    private Condition in(Operand value) {
        tokens.expectSymbol("(");
        List<Operand> candidates = new ArrayList<>();
        do {
            candidates.add(operand(primary()));
        } while (tokens.takeIfSymbol(","));
        tokens.expectSymbol(")");
        if (candidates.size() > MAX_CANDIDATES) {
            throw tokens.invalid(
                    "The IN operator is provided with too many operands; number of operands: " + candidates.size());
        }
        return new Condition.In(value, candidates);
    }

    private Node primary() {
        Token token = tokens.peek();
        if (tokens.takeIfSymbol("(")) {
            enter();
            Node inner = or();
            tokens.expectSymbol(")");
            depth--;
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

    private Node function(String name) {
        count();
        int arguments = switch (name) {
            case "attribute_exists", "attribute_not_exists", "size" -> 1;
            case "attribute_type", "begins_with", "contains" -> 2;
            default -> throw tokens.invalid("Invalid function name; function: " + name);
        };
        enter();
        List<Operand> operands = new ArrayList<>();
        tokens.expectSymbol("(");
        do {
            operands.add(operand(primary()));
        } while (tokens.takeIfSymbol(","));
        tokens.expectSymbol(")");
        depth--;
        if (operands.size() != arguments) {
            throw tokens.invalid("Incorrect number of operands for operator or function; operator or function: " + name
                    + ", number of operands: " + operands.size());
        }
        Operand first = operands.getFirst();
        Operand last = operands.getLast();
        if (arguments == 2 && first instanceof Path && first.equals(last)) {
            throw sameOperands(name, first);
        }
        return switch (name) {
            case "attribute_exists" -> new Condition.Exists(path(name, first));
            case "attribute_not_exists" -> new Condition.Not(new Condition.Exists(path(name, first)));
            case "size" -> size(first);
            case "attribute_type" -> new Condition.IsType(first, typeNamed(last));
            case "begins_with" -> {
                requireType(name, first, Type.S, Type.B);
                requireType(name, last, Type.S, Type.B);
                yield new Condition.BeginsWith(first, last);
            }
            default -> new Condition.Contains(first, last);
        };
    }

    private Operand size(Operand of) {
        Type type = of.type();
        if (type == Type.N || type == Type.BOOL || type == Type.NULL) {
            throw wrongType("size", type.name());
        }
        return new Operand.Size(of);
    }

    private Type typeNamed(Operand operand) {
        if (operand instanceof Operand.Literal(Value.Text(String name))) {
            for (Type type : Type.values()) {
                if (type.name().equals(name)) {
                    return type;
                }
            }
            String shown = name.length() <= 128 ? name : name.substring(0, 128) + "...";
            throw tokens.invalid("Invalid attribute type name found; type: " + shown + ", valid types: "
                    + Arrays.stream(Type.values()).map(Type::name).collect(Collectors.joining(",", "{", "}")));
        }
        Type type = operand.type();
        throw wrongType("attribute_type", type == null ? "{NS,SS,L,BS,N,M,B,BOOL,NULL,S}" : type.name());
    }

    private Path path(String function, Operand operand) {
        if (operand instanceof Path path) {
            return path;
        }
        throw tokens.invalid("Operator or function requires a document path; operator or function: " + function);
    }

    private void requireOrdered(String operator, Operand operand) {
        requireType(operator, operand, Type.S, Type.N, Type.B);
    }

    /** An operand whose type depends on the item may be of any. */
    private void requireType(String operator, Operand operand, Type... allowed) {
        Type type = operand.type();
        if (type != null && !List.of(allowed).contains(type)) {
            throw wrongType(operator, type.name());
        }
    }

    private Condition condition(Node node) {
        return switch (node) {
            case Condition condition -> condition;
            case Operand.Size _ -> throw misused("size");
            case Operand _ -> throw tokens.syntaxError();
        };
    }

    private Operand operand(Node node) {
        return switch (node) {
            case Operand operand -> operand;
            case Condition.Exists _ -> throw misused("attribute_exists");
            case Condition.IsType _ -> throw misused("attribute_type");
            case Condition.BeginsWith _ -> throw misused("begins_with");
            case Condition.Contains _ -> throw misused("contains");
            case Condition _ -> throw tokens.syntaxError();
        };
    }

    private void count() {
        if (++operators > MAX_OPERATORS) {
            throw tooManyOperators();
        }
    }

    private void enter() {
        if (++depth > MAX_DEPTH) {
            throw tooManyOperators();
        }
    }

    private AwsException tooManyOperators() {
        return tokens.invalid("The expression contains too many operators; operator count: " + (MAX_OPERATORS + 1));
    }

    private AwsException misused(String function) {
        return tokens.invalid(
                "The function is not allowed to be used this way in an expression; function: " + function);
    }

    private AwsException sameOperands(String operator, Operand first) {
        return tokens.invalid("The first operand must be distinct from the remaining operands for this operator or "
                + "function; operator: " + operator + ", first operand: " + first);
    }

    private AwsException wrongType(String operator, String type) {
        return tokens.invalid("Incorrect operand type for operator or function; operator or function: " + operator
                + ", operand type: " + type);
    }
}
