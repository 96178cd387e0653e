package io.riacho.kdasql.statement;

import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.sql.SqlDataTypeSpec;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlNode;

/** A name with its type as written: a column of a stream or a parameter of a function. */
public record TypedName(SqlIdentifier name, SqlDataTypeSpec type) {
    /** Of the grammar's flat list: name, type, name, type, … */
    static List<TypedName> ofPairs(List<SqlNode> pairs) {
        List<TypedName> names = new ArrayList<>();
        for (int i = 0; i < pairs.size(); i += 2) {
            names.add(new TypedName((SqlIdentifier) pairs.get(i), (SqlDataTypeSpec) pairs.get(i + 1)));
        }
        return List.copyOf(names);
    }
}
