package io.riacho.leasetables.item;

import io.riacho.leasetables.error.DynamoErrors;
import io.riacho.leasetables.expression.Condition;
import io.riacho.leasetables.expression.Path;
import io.riacho.leasetables.expression.Projection;
import io.riacho.leasetables.table.KeySchema;
import io.riacho.leasetables.table.Table;
import io.riacho.leasetables.value.Value;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What of the items a page has.
 *
 * @param indexed what the index has of items; null where it has all, or there is none
 * @param asked what the request asks for; null where it asks for all
 */
record Selected(
        Condition filter,
        @Nullable Projection indexed,
        @Nullable Projection asked,
        boolean countsOnly) implements PageStore.Filter {

    /** @throws io.riacho.protocol.AwsException ValidationException where Select does not fit the other parameters */
    static Selected of(
            @Nullable String select,
            @Nullable Projection asked,
            Table table,
            Table.@Nullable Index index,
            Condition filter) {
        if (select != null && asked != null && !select.equals("SPECIFIC_ATTRIBUTES")) {
            throw DynamoErrors.validation("Cannot specify the AttributesToGet when choosing to get "
                    + (select.equals("COUNT") ? "only the Count" : select));
        }
        if ("SPECIFIC_ATTRIBUTES".equals(select) && asked == null) {
            throw DynamoErrors.validation(
                    "Must specify the AttributesToGet or ProjectionExpression when choosing to get SPECIFIC_ATTRIBUTES");
        }
        if ("ALL_PROJECTED_ATTRIBUTES".equals(select) && index == null) {
            throw DynamoErrors.invalid("ALL_PROJECTED_ATTRIBUTES can be used only when Querying using an IndexName");
        }
        Table.Index partial = index != null && index.projection() != Table.ProjectionType.ALL ? index : null;
        if ("ALL_ATTRIBUTES".equals(select) && partial != null) {
            throw DynamoErrors.invalid("Select type ALL_ATTRIBUTES is not supported for global secondary index "
                    + partial.name() + " because its projection type is not ALL");
        }
        return new Selected(filter, partial == null ? null : projected(table, partial), asked, "COUNT".equals(select));
    }

    @Override
    public Value.@Nullable Document of(Value.Document item) {
        Value.Document seen = indexed == null ? item : indexed.of(item);
        if (!filter.holds(seen)) {
            return null;
        }
        return asked == null ? seen : asked.of(seen);
    }

    private static Projection projected(Table table, Table.Index index) {
        Set<String> names = new LinkedHashSet<>();
        for (KeySchema key : List.of(table.key(), index.key())) {
            key.attributes().forEach(attribute -> names.add(attribute.name()));
        }
        names.addAll(index.projected());
        return new Projection(names.stream().map(Path::of).toList());
    }
}
