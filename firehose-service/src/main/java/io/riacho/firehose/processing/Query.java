package io.riacho.firehose.processing;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.riacho.protocol.AwsException;
import java.io.IOException;
import java.time.Duration;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import net.thisptr.jackson.jq.Expression;
import net.thisptr.jackson.jq.Scope;
import net.thisptr.jackson.jq.exception.JsonQueryException;
import net.thisptr.jackson.jq.internal.javacc.ExpressionParser;
import net.thisptr.jackson.jq.internal.javacc.TokenMgrError;
import org.jspecify.annotations.Nullable;

/**
 * A {@code MetadataExtractionQuery}: a program in jq 1.6 that makes an object of partition keys out of a record. Safe for
 * use by many threads; no record can make it run for ever or take much memory.
 */
final class Query {

    private static final ObjectMapper JSON = new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    private static final Scope FUNCTIONS = QueryFunctions.scope();

    private final Expression expression;
    private final Duration time;

    private Query(Expression expression, Duration time) {
        this.expression = expression;
        this.time = time;
    }

    /**
     * @param time how long it may take for a record
     * @throws AwsException InvalidArgumentException where it is no query
     */
    static Query compile(String text, Duration time) {
        try {
            return new Query(QueryMeter.meter(ExpressionParser.compile(text, QueryFunctions.VERSION)), time);
        } catch (JsonQueryException | TokenMgrError | RuntimeException e) {
            throw AwsException.badRequest(
                    "InvalidArgumentException", "MetaDataExtraction JQ Query is invalid: " + firstLine(e.getMessage()));
        } catch (StackOverflowError e) {
            throw AwsException.badRequest(
                    "InvalidArgumentException", "MetaDataExtraction JQ Query is invalid: it is nested too deeply");
        }
    }

    /**
     * A record's partition keys.
     *
     * @throws QueryException where there are none
     * @throws InterruptedException where the thread was told to stop
     */
    Map<String, String> keys(byte[] record) throws QueryException, InterruptedException {
        JsonNode result = evaluate(parse(record), record.length);
        if (!result.isObject()) {
            throw new QueryException("The query's result is not an object");
        }
        Map<String, String> keys = new LinkedHashMap<>();
        Iterator<Map.Entry<String, JsonNode>> fields = result.fields();
        while (fields.hasNext()) {
            Map.Entry<String, JsonNode> field = fields.next();
            keys.put(field.getKey(), text(field.getKey(), field.getValue()));
        }
        return keys;
    }

    private static JsonNode parse(byte[] record) throws QueryException {
        try {
            JsonNode node = JSON.readTree(record);
            if (node != null && !node.isMissingNode()) {
                return node;
            }
        } catch (IOException e) {
            // Told below, as for an empty record.
        }
        throw new QueryException("Non JSON record provided");
    }

    private JsonNode evaluate(JsonNode record, int bytes) throws QueryException, InterruptedException {
        Result result = new Result();
        QueryBudget budget = new QueryBudget(bytes, time);
        try {
            ScopedValue.where(QueryBudget.CURRENT, budget).call(() -> {
                expression.apply(Scope.newChildScope(FUNCTIONS), record, result::add);
                return null;
            });
        } catch (JsonQueryException e) {
            throw new QueryException("The query failed: " + firstLine(e.getMessage()));
        } catch (QueryBudget.Exceeded e) {
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            throw new QueryException(e.getMessage());
        } catch (StackOverflowError e) {
            throw new QueryException("The query was given up: it recurses too deeply");
        } catch (RuntimeException | JsonProcessingException e) {
            // A mistake of the library's for this record, which is not to stop all others.
            throw new QueryException("The query failed: " + firstLine(e.toString()));
        }
        return result.only();
    }

    private static String text(String name, JsonNode value) throws QueryException {
        if (value.isContainerNode()) {
            throw new QueryException("partitionKeys values must be strings, numbers or booleans: " + name);
        }
        String text = value.isDouble() ? number(value.doubleValue()) : value.asText();
        if (value.isNull() || text.isEmpty()) {
            throw new QueryException("partitionKeys values must not be null or empty");
        }
        return text;
    }

    /** jq knows no difference between 3.0 and 3. */
    private static String number(double value) {
        return value == Math.rint(value) && Math.abs(value) < 1e17
                ? Long.toString((long) value)
                : Double.toString(value);
    }

    private static String firstLine(@Nullable String message) {
        String text = message == null ? "" : message.lines().findFirst().orElse("");
        return text.length() <= 500 ? text : text.substring(0, 500);
    }

    private static final class Result {

        private @Nullable JsonNode value;

        void add(JsonNode next) throws JsonQueryException {
            if (value != null) {
                throw new JsonQueryException("it has more than one result");
            }
            value = next;
        }

        JsonNode only() throws QueryException {
            if (value == null) {
                throw new QueryException("The query has no result");
            }
            return value;
        }
    }
}
