package io.riacho.firehose.processing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import net.thisptr.jackson.jq.Expression;
import net.thisptr.jackson.jq.Scope;
import net.thisptr.jackson.jq.exception.JsonQueryException;
import net.thisptr.jackson.jq.internal.operators.BinaryOperator;
import net.thisptr.jackson.jq.internal.tree.ArrayConstruction;
import net.thisptr.jackson.jq.internal.tree.FunctionCall;
import net.thisptr.jackson.jq.internal.tree.ObjectConstruction;
import net.thisptr.jackson.jq.internal.tree.StringInterpolation;
import net.thisptr.jackson.jq.internal.tree.binaryop.BinaryOperatorExpression;
import org.jspecify.annotations.Nullable;

/**
 * Puts a meter at every expression in the tree of a query.
 *
 * <p>jackson-jq can neither be told to stop nor be looked at while it evaluates, and queries come from users: a comma in a
 * pipe is enough to make one that takes for ever. So the fields that hold expressions are changed in the trees that it
 * parses, by reflection, once for each query; that depends on its version, and {@code QueryBudgetTest} shows that it works.
 */
final class QueryMeter {

    private static final String LIBRARY = "net.thisptr.jackson.jq.";

    private final Set<Object> seen = Collections.newSetFromMap(new IdentityHashMap<>());

    private QueryMeter() {}

    static Expression meter(Expression expression) {
        return new QueryMeter().wrap(expression);
    }

    /** Puts meters into what holds expressions and is none, such as a function that is written in jq. */
    static void meterInside(Object holder) {
        new QueryMeter().visit(holder);
    }

    private Expression wrap(Expression expression) {
        if (expression instanceof Metered) {
            return expression;
        }
        visit(expression);
        boolean makes = expression instanceof ArrayConstruction
                || expression instanceof ObjectConstruction
                || expression instanceof BinaryOperatorExpression
                || expression instanceof FunctionCall
                || expression instanceof StringInterpolation;
        return new Metered(expression, makes);
    }

    private void visit(Object holder) {
        if (!holder.getClass().getName().startsWith(LIBRARY) || holder instanceof Scope || !seen.add(holder)) {
            return;
        }
        for (Class<?> type = holder.getClass(); type != null && type != Object.class; type = type.getSuperclass()) {
            for (Field field : type.getDeclaredFields()) {
                if (!Modifier.isStatic(field.getModifiers()) && !field.getType().isPrimitive()) {
                    change(holder, field);
                }
            }
        }
    }

    private void change(Object holder, Field field) {
        try {
            field.setAccessible(true);
            Object value = field.get(holder);
            Object metered = metered(value);
            if (metered != value) {
                field.set(holder, metered);
            }
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(e);
        }
    }

    private @Nullable Object metered(@Nullable Object value) {
        return switch (value) {
            case null -> null;
            case Expression expression -> wrap(expression);
            case BinaryOperator operator -> new MeteredOperator(operator);
            case List<?> list -> {
                List<@Nullable Object> changed = new ArrayList<>(list.size());
                for (Object element : list) {
                    changed.add(metered(element));
                }
                yield changed;
            }
            default -> {
                visit(value);
                yield value;
            }
        };
    }

    /** Looks at what is combined before it is: one multiplication can fill the memory. */
    private record MeteredOperator(BinaryOperator operator) implements BinaryOperator {

        @Override
        public JsonNode apply(ObjectMapper mapper, JsonNode left, JsonNode right) throws JsonQueryException {
            QueryBudget budget = QueryBudget.CURRENT.get();
            double leftSize = budget.size(left);
            double rightSize = budget.size(right);
            if (left.isArray() && right.isArray() && image().equals("-")) {
                budget.charge((long) (leftSize * rightSize));
            } else {
                budget.charge((long) (leftSize + rightSize));
            }
            if (image().equals("*")) {
                repeat(budget, left, right);
                repeat(budget, right, left);
            }
            return operator.apply(mapper, left, right);
        }

        private static void repeat(QueryBudget budget, JsonNode text, JsonNode count) {
            if (text.isTextual() && count.isNumber()) {
                budget.make(text.textValue().length() * count.asDouble() / 32);
            }
        }

        @Override
        public String image() {
            return operator.image();
        }
    }
}
