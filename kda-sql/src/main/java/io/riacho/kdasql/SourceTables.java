package io.riacho.kdasql;

import io.riacho.kdasql.ApplicationCode.Input;
import io.riacho.kdasql.ApplicationCode.Reference;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What an application reads: its inputs and its reference tables, as tables of Flink. */
final class SourceTables {
    private final Script script;
    private final Map<String, Relation> inputs = new LinkedHashMap<>();
    private final Map<String, Relation> references = new LinkedHashMap<>();

    SourceTables(Script script) {
        this.script = script;
    }

    /** By their names, in their order. */
    Map<String, Relation> inputs() {
        return inputs;
    }

    Set<String> references() {
        return references.keySet();
    }

    /** The input or reference table of the name, or null. */
    @Nullable
    Relation find(String name) {
        Relation input = inputs.get(name);
        return input == null ? references.get(name) : input;
    }

    /** Creates the table and the view of an input; gives the view. */
    Relation input(Input input) {
        if (inputs.containsKey(input.name())) {
            throw new SqlCodeException(0, 0, "Two inputs have the name " + input.name());
        }
        List<Relation.Column> columns = columns(input.columns(), "the input " + input.name());
        List<String> definitions = new ArrayList<>();
        columns.forEach(c -> definitions.add(c.quoted() + " " + c.type().flink()));
        definitions.add("`__error` STRING");
        definitions.add("`APPROXIMATE_ARRIVAL_TIME` TIMESTAMP_LTZ(3) METADATA FROM 'timestamp' VIRTUAL");
        definitions.add("`PARTITION_KEY` STRING METADATA FROM 'partition-key' VIRTUAL");
        definitions.add("`SHARD_ID` STRING METADATA FROM 'shard-id' VIRTUAL");
        definitions.add("`SEQUENCE_NUMBER` STRING METADATA FROM 'sequence-number' VIRTUAL");
        definitions.add("`__rt` TIMESTAMP(3) METADATA FROM 'rowtime' VIRTUAL");
        definitions.add("WATERMARK FOR `__rt` AS SOURCE_WATERMARK()");
        Set<String> own = columns.stream().map(Relation.Column::flinkName).collect(Collectors.toSet());
        definitions.removeIf(d -> d.contains(" METADATA ") && own.contains(d.substring(1, d.indexOf('`', 1))));
        String table = input.name() + "__input";
        script.take(table);
        script.take(input.name());
        script.createTable(table, definitions, input.options());
        List<Relation.Column> system = new ArrayList<>();
        List<String> selected = new ArrayList<>();
        columns.forEach(c -> selected.add(c.quoted()));
        systemColumn("APPROXIMATE_ARRIVAL_TIME", Type.TIMESTAMP, own, system, selected);
        systemColumn("PARTITION_KEY", Type.text(Type.Kind.VARCHAR, 512), own, system, selected);
        systemColumn("SHARD_ID", Type.text(Type.Kind.VARCHAR, 64), own, system, selected);
        systemColumn("SEQUENCE_NUMBER", Type.text(Type.Kind.VARCHAR, 128), own, system, selected);
        String sql = "SELECT %s, %s\nFROM %s\nWHERE `__error` IS NULL"
                .formatted(String.join(", ", selected), Relation.TIME, Text.quote(table));
        Relation relation = new Relation(null, sql, columns, system, 0, false);
        Relation view = script.createView(relation, input.name());
        inputs.put(input.name(), view);
        return view;
    }

    private static void systemColumn(
            String name, Type type, Set<String> own, List<Relation.Column> system, List<String> selected) {
        if (own.contains(name)) {
            return;
        }
        system.add(new Relation.Column(name, type));
        String quoted = Text.quote(name);
        selected.add(type.kind() == Type.Kind.TIMESTAMP ? "CAST(" + quoted + " AS TIMESTAMP(3)) AS " + quoted : quoted);
    }

    private static List<Relation.Column> columns(List<Column> columns, String place) {
        if (columns.isEmpty()) {
            throw new SqlCodeException(0, 0, "There are no columns in " + place);
        }
        Set<String> names = new HashSet<>();
        List<Relation.Column> result = new ArrayList<>();
        for (Column column : columns) {
            if (!names.add(column.name()) || column.name().startsWith("__")) {
                throw new SqlCodeException(0, 0, "The column name " + column.name() + " cannot stand in " + place);
            }
            result.add(new Relation.Column(column.name(), Type.parse(column.sqlType())));
        }
        return result;
    }

    void reference(Reference reference) {
        if (references.containsKey(reference.name()) || inputs.containsKey(reference.name())) {
            throw new SqlCodeException(0, 0, "Two inputs have the name " + reference.name());
        }
        List<Relation.Column> columns = columns(reference.columns(), "the reference table " + reference.name());
        script.take(reference.name());
        script.createTable(
                reference.name(),
                columns.stream().map(c -> c.quoted() + " " + c.type().flink()).toList(),
                reference.options());
        references.put(reference.name(), new Relation(Text.quote(reference.name()), null, columns, List.of(), 0, true));
    }
}
