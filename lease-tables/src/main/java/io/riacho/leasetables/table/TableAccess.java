package io.riacho.leasetables.table;

import io.riacho.leasetables.error.DynamoErrors;
import io.riacho.protocol.OperationAccess;
import io.riacho.protocol.Permission;
import io.riacho.protocol.RequestContext;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.services.dynamodb.model.Tag;
import software.amazon.awssdk.services.dynamodb.model.TransactGetItemsRequest;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsRequest;

/**
 * Each operation is one action of the same name, on the table or index that it names. Transactions are what they are made
 * of, and to create a table with tags is to tag it, too.
 *
 * @see <a href="https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazondynamodb.html">actions,
 *     resources and condition keys for DynamoDB</a>
 */
public final class TableAccess implements OperationAccess {

    private static final String PREFIX = "dynamodb:";

    private final TableNames names;
    private final Tables tables;

    public TableAccess(TableNames names, Tables tables) {
        this.names = names;
        this.tables = tables;
    }

    @Override
    public void check(String operation, SdkPojo input, RequestContext context) {
        switch (input) {
            case TransactWriteItemsRequest request ->
                request.transactItems().forEach(item -> {
                    requirePart(context, "PutItem", operation, item.put());
                    requirePart(context, "UpdateItem", operation, item.update());
                    requirePart(context, "DeleteItem", operation, item.delete());
                    requirePart(context, "ConditionCheckItem", operation, item.conditionCheck());
                });
            case TransactGetItemsRequest request ->
                request.transactItems().forEach(item -> requirePart(context, "GetItem", operation, item.get()));
            default -> checkWhole(operation, input, context);
        }
        if (!context.isDecided()) {
            throw DynamoErrors.validation("TransactItems can only contain one of Check, Put, Update or Delete");
        }
    }

    private void checkWhole(String operation, SdkPojo input, RequestContext context) {
        switch (operation) {
            case "ListTables" -> context.require(Permission.of(PREFIX + operation, "*", names.accountId()));
            case "TagResource", "UntagResource", "ListTagsOfResource" -> {
                String table = names.named(text(input, "ResourceArn"));
                require(context, operation, names.arnOf(table), tables.find(table), tagKeys(input));
            }
            case "CreateTable" -> {
                String table = names.named(text(input, "TableName"));
                Map<String, List<String>> keys = tagKeys(input);
                require(context, operation, names.arnOf(table), tables.find(table), keys);
                if (!keys.isEmpty()) {
                    require(context, "TagResource", names.arnOf(table), tables.find(table), keys);
                }
            }
            default -> requireOnTable(context, operation, null, input);
        }
    }

    private void requirePart(RequestContext context, String action, String enclosing, @Nullable SdkPojo part) {
        if (part != null) {
            requireOnTable(context, action, enclosing, part);
        }
    }

    private void requireOnTable(RequestContext context, String action, @Nullable String enclosing, SdkPojo request) {
        String name = names.named(text(request, "TableName"));
        Optional<Table> table = tables.find(name);
        String index = optional(request, "IndexName");
        String arn = index == null ? names.arnOf(name) : names.arnOf(name, index);
        require(context, action, arn, table, RequestKeys.of(request, enclosing, hashName(table, index)));
    }

    /** The name of the hash key that the request is about; null where there is no such table or index. */
    private static @Nullable String hashName(Optional<Table> table, @Nullable String index) {
        if (index == null) {
            return table.map(known -> known.key().hash().name()).orElse(null);
        }
        return table.stream()
                .flatMap(known -> known.indexes().stream())
                .filter(known -> known.name().equals(index))
                .map(known -> known.key().hash().name())
                .findFirst()
                .orElse(null);
    }

    private void require(
            RequestContext context,
            String action,
            String arn,
            Optional<Table> table,
            Map<String, List<String>> requestKeys) {
        Map<String, List<String>> keys = new HashMap<>(requestKeys);
        table.ifPresent(known -> known.tags()
                .forEach((tag, value) -> keys.put("aws:resourcetag/" + tag.toLowerCase(Locale.ROOT), List.of(value))));
        context.require(new Permission(PREFIX + action, arn, names.accountId(), keys, null, false));
    }

    private static Map<String, List<String>> tagKeys(SdkPojo request) {
        Map<String, List<String>> keys = new HashMap<>();
        List<String> tagNames = new ArrayList<>();
        for (Object tag : RequestKeys.list(request, "Tags")) {
            Tag one = (Tag) tag;
            tagNames.add(one.key());
            keys.put("aws:requesttag/" + one.key().toLowerCase(Locale.ROOT), List.of(one.value()));
        }
        RequestKeys.list(request, "TagKeys").forEach(name -> tagNames.add(name.toString()));
        if (!tagNames.isEmpty()) {
            keys.put("aws:tagkeys", tagNames);
        }
        return keys;
    }

    private static String text(SdkPojo request, String member) {
        String text = optional(request, member);
        if (text == null) {
            throw new IllegalArgumentException(request.getClass().getSimpleName() + " has no " + member);
        }
        return text;
    }

    private static @Nullable String optional(SdkPojo request, String member) {
        return RequestKeys.value(request, member) instanceof String text ? text : null;
    }
}
