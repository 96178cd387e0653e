package io.riacho.leasetables.expression;

import io.riacho.leasetables.error.DynamoErrors;
import io.riacho.leasetables.value.Type;
import io.riacho.leasetables.value.Value;
import io.riacho.leasetables.value.Values;
import io.riacho.protocol.AwsException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.model.AttributeValueUpdate;

/**
 * {@code AttributeUpdates}, which updates had before there were expressions. One that only deletes does not make an item.
 *
 * @see <a href="https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/LegacyConditionalParameters.AttributeUpdates.html">AttributeUpdates</a>
 */
public final class LegacyUpdates {

    private LegacyUpdates() {}

    /** @throws io.riacho.protocol.AwsException ValidationException where one is malformed */
    public static Update of(Map<String, AttributeValueUpdate> updates) {
        List<Update.Action> actions = new ArrayList<>();
        boolean creates = updates.isEmpty();
        for (Map.Entry<String, AttributeValueUpdate> entry : updates.entrySet()) {
            Update.Action action = action(entry.getKey(), entry.getValue());
            actions.add(action);
            creates |= action instanceof Update.SetTo || action instanceof Update.Add;
        }
        return new Update(actions, creates);
    }

    private static Update.Action action(String name, AttributeValueUpdate update) {
        Path path = Path.of(name);
        String action = update.actionAsString() == null ? "PUT" : update.actionAsString();
        if (update.value() == null) {
            if (action.equals("DELETE")) {
                return new Update.Remove(path);
            }
            throw DynamoErrors.invalid("Only DELETE action is allowed when no attribute value is specified");
        }
        Value value = Values.of(update.value());
        return switch (action) {
            case "PUT" -> new Update.SetTo(path, new Operand.Literal(value));
            case "ADD" -> {
                if (value.type() != Type.N
                        && value.type() != Type.L
                        && !value.type().isSet()) {
                    throw unsupported("ADD", value);
                }
                yield new Update.Add(path, value);
            }
            default -> {
                if (value instanceof Value.Many elements) {
                    yield new Update.Delete(path, elements);
                }
                throw unsupported("DELETE", value);
            }
        };
    }

    private static AwsException unsupported(String action, Value value) {
        return DynamoErrors.invalid(
                action + " action is not supported for the type " + value.type().word());
    }
}
