package io.riacho.firehose.processing;

import com.fasterxml.jackson.databind.JsonNode;
import net.thisptr.jackson.jq.Expression;
import net.thisptr.jackson.jq.PathOutput;
import net.thisptr.jackson.jq.Scope;
import net.thisptr.jackson.jq.exception.JsonQueryException;
import net.thisptr.jackson.jq.path.ArrayIndexPath;
import net.thisptr.jackson.jq.path.Path;
import org.jspecify.annotations.Nullable;

/**
 * An expression of a query that pays for what it does.
 *
 * @param makes whether it makes new values; otherwise it only passes on what others made
 */
record Metered(Expression expression, boolean makes) implements Expression {

    /** An assignment behind the end of an array fills it up. */
    static final int LARGEST_INDEX = 100_000;

    @Override
    public void apply(Scope scope, JsonNode in, @Nullable Path path, PathOutput output, boolean requirePath)
            throws JsonQueryException {
        QueryBudget budget = QueryBudget.CURRENT.get();
        budget.enter();
        try {
            expression.apply(
                    scope,
                    in,
                    path,
                    (value, valuePath) -> {
                        if (makes) {
                            budget.made(value);
                        } else {
                            budget.pass(value);
                        }
                        if (valuePath instanceof ArrayIndexPath array) {
                            checkIndex(array.index);
                        }
                        output.emit(value, valuePath);
                    },
                    requirePath);
        } finally {
            budget.leave();
        }
    }

    static void checkIndex(JsonNode index) {
        if (index.isNumber() && index.asDouble() > LARGEST_INDEX) {
            throw new QueryBudget.Exceeded("it makes too large a value");
        }
    }

    @Override
    public String toString() {
        return expression.toString();
    }
}
