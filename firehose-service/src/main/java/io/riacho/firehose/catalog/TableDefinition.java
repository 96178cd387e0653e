package io.riacho.firehose.catalog;

import java.util.List;
import java.util.Map;

/**
 * A version of a table.
 *
 * @param columns those that objects hold; at least one, of different names
 * @param partitionKeys columns that stand in the paths of objects and not in them
 */
public record TableDefinition(
        String database,
        String name,
        long version,
        List<TableColumn> columns,
        List<TableColumn> partitionKeys,
        Map<String, String> parameters) {

    public TableDefinition {
        columns = List.copyOf(columns);
        partitionKeys = List.copyOf(partitionKeys);
        parameters = Map.copyOf(parameters);
    }
}
