package io.riacho.firehose.processing;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import net.thisptr.jackson.jq.BuiltinFunctionLoader;
import net.thisptr.jackson.jq.Expression;
import net.thisptr.jackson.jq.Function;
import net.thisptr.jackson.jq.PathOutput;
import net.thisptr.jackson.jq.Scope;
import net.thisptr.jackson.jq.Version;
import net.thisptr.jackson.jq.Versions;
import net.thisptr.jackson.jq.exception.JsonQueryException;
import net.thisptr.jackson.jq.internal.JsonQueryFunction;
import net.thisptr.jackson.jq.internal.javacc.ExpressionParser;
import net.thisptr.jackson.jq.path.Path;
import org.jspecify.annotations.Nullable;

/** The functions that queries can call: jq 1.6's, as far as jackson-jq has them, with those of time. */
final class QueryFunctions {

    static final Version VERSION = Versions.JQ_1_6;

    /** What takes as long, or makes as much, as the product of its input and its argument. */
    private static final List<String> PRODUCTS =
            List.of("join/1", "contains/1", "indices/1", "index/1", "rindex/1", "split/1");

    private static final List<String> PATHS = List.of("setpath/2", "getpath/1");

    /** In jq's own words. */
    private static final Map<String, String> WRITTEN_IN_JQ = Map.of(
            "repeat(f)", "def _repeat: ., (f | _repeat); _repeat",
            "todate", "strftime(\"%Y-%m-%dT%H:%M:%SZ\")",
            "fromdate", "fromdateiso8601",
            "fromdateiso8601", "strptime(\"%Y-%m-%dT%H:%M:%SZ\") | mktime",
            "todateiso8601", "strftime(\"%Y-%m-%dT%H:%M:%SZ\")",
            "date", "todate",
            "dateadd(u; n)", ". + n",
            "datesub(u; n)", ". - n");

    private QueryFunctions() {}

    /** A scope with all functions. It is only read afterwards, so that threads can share it. */
    static Scope scope() {
        Scope scope = Scope.newEmptyScope();
        Map<String, Function> builtin = BuiltinFunctionLoader.getInstance().listFunctions(VERSION, scope);
        builtin.remove("debug_scope/0");
        builtin.values().forEach(QueryMeter::meterInside);
        PRODUCTS.forEach(name -> builtin.computeIfPresent(name, (key, function) -> new Product(function)));
        PATHS.forEach(name -> builtin.computeIfPresent(name, (key, function) -> new OnPath(function)));
        builtin.forEach(scope::addFunction);
        QueryRegex.addTo(scope);
        QueryTime.addTo(scope);
        WRITTEN_IN_JQ.forEach((signature, body) -> define(scope, signature, body));
        return scope;
    }

    private static void define(Scope scope, String signature, String body) {
        int parenthesis = signature.indexOf('(');
        String name = parenthesis < 0 ? signature : signature.substring(0, parenthesis);
        List<String> parameters = parenthesis < 0
                ? List.of()
                : List.of(signature
                        .substring(parenthesis + 1, signature.length() - 1)
                        .split("; "));
        try {
            Expression expression = QueryMeter.meter(ExpressionParser.compile(body, VERSION));
            scope.addFunction(
                    name, parameters.size(), new JsonQueryFunction(name, parameters, new Own(expression), scope));
        } catch (JsonQueryException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A body that defines functions defines them for itself. */
    private record Own(Expression expression) implements Expression {

        @Override
        public void apply(Scope scope, JsonNode in, @Nullable Path path, PathOutput output, boolean requirePath)
                throws JsonQueryException {
            expression.apply(Scope.newChildScope(scope), in, path, output, requirePath);
        }
    }

    /** Looks at an argument before the function does. */
    private interface Look {

        void at(JsonNode in, JsonNode argument);
    }

    private record Product(Function function) implements Function {

        @Override
        public void apply(
                Scope scope,
                List<Expression> args,
                JsonNode in,
                @Nullable Path path,
                PathOutput output,
                Version version)
                throws JsonQueryException {
            QueryBudget budget = QueryBudget.CURRENT.get();
            Look look = (input, argument) -> budget.make((double) budget.size(input) * budget.size(argument));
            function.apply(scope, lookedAt(args, in, look), in, path, output, version);
        }
    }

    private record OnPath(Function function) implements Function {

        @Override
        public void apply(
                Scope scope,
                List<Expression> args,
                JsonNode in,
                @Nullable Path path,
                PathOutput output,
                Version version)
                throws JsonQueryException {
            Look look = (input, argument) -> argument.forEach(Metered::checkIndex);
            function.apply(scope, lookedAt(args, in, look), in, path, output, version);
        }
    }

    private static List<Expression> lookedAt(List<Expression> args, JsonNode in, Look look) {
        List<Expression> looked = new ArrayList<>(args);
        Expression first = looked.getFirst();
        looked.set(
                0,
                (scope, input, path, output, requirePath) -> first.apply(
                        scope,
                        input,
                        path,
                        (value, valuePath) -> {
                            look.at(in, value);
                            output.emit(value, valuePath);
                        },
                        requirePath));
        return looked;
    }
}
