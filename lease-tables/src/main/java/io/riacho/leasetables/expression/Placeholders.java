package io.riacho.leasetables.expression;

import io.riacho.leasetables.error.DynamoErrors;
import io.riacho.leasetables.value.Value;
import io.riacho.leasetables.value.Values;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * The {@code #names} and {@code :values} that the expressions of one request refer to, and which of them were used: one
 * that is not used is an error. Used by one thread.
 */
public final class Placeholders {

    private static final Pattern NAME = Pattern.compile("#[A-Za-z0-9_]+");
    private static final Pattern VALUE = Pattern.compile(":[A-Za-z0-9_]+");

    private final Map<String, String> names;
    private final Map<String, Value> values = new LinkedHashMap<>();
    private final Set<String> unusedNames;
    private final Set<String> unusedValues;

    /**
     * @param names null where the request has none
     * @param values null where the request has none
     * @throws io.riacho.protocol.AwsException ValidationException where one of them is malformed
     */
    public Placeholders(@Nullable Map<String, String> names, @Nullable Map<String, AttributeValue> values) {
        if (names != null && names.isEmpty()) {
            throw DynamoErrors.validation("ExpressionAttributeNames must not be empty");
        }
        if (values != null && values.isEmpty()) {
            throw DynamoErrors.validation("ExpressionAttributeValues must not be empty");
        }
        this.names = names == null ? Map.of() : names;
        this.names.keySet().forEach(key -> requireKey(NAME, "ExpressionAttributeNames", key));
        if (values != null) {
            values.forEach((key, value) -> {
                requireKey(VALUE, "ExpressionAttributeValues", key);
                this.values.put(key, Values.of(value));
            });
        }
        this.unusedNames = new LinkedHashSet<>(this.names.keySet());
        this.unusedValues = new LinkedHashSet<>(this.values.keySet());
    }

    /** Null where it is not defined. */
    @Nullable
    String name(String placeholder) {
        unusedNames.remove(placeholder);
        return names.get(placeholder);
    }

    /** Null where it is not defined. */
    @Nullable
    Value value(String placeholder) {
        unusedValues.remove(placeholder);
        return values.get(placeholder);
    }

    /** @throws io.riacho.protocol.AwsException ValidationException where a name or a value was not used */
    public void requireUsed() {
        if (!unusedValues.isEmpty()) {
            throw DynamoErrors.validation("Value provided in ExpressionAttributeValues unused in expressions: keys: {"
                    + String.join(", ", unusedValues) + "}");
        }
        if (!unusedNames.isEmpty()) {
            throw DynamoErrors.validation("Value provided in ExpressionAttributeNames unused in expressions: keys: {"
                    + String.join(", ", unusedNames) + "}");
        }
    }

    private static void requireKey(Pattern pattern, String parameter, String key) {
        if (!pattern.matcher(key).matches()) {
            String shown = key.length() <= 128 ? key : key.substring(0, 128) + "...";
            throw DynamoErrors.validation(parameter + " contains invalid key: Syntax error; key: \"" + shown + "\"");
        }
    }
}
