package io.riacho.kdasql;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlSelect;
import org.jspecify.annotations.Nullable;

/** Which columns a query may use, so that the state of windows and joins holds no others: Flink cannot leave columns out before a table function. */
final class Mentions {
    private final Set<String> names = new HashSet<>();
    private boolean all;

    Mentions(SqlSelect select, SqlNodeList orderBy) {
        collect(select);
        collect(orderBy);
        for (SqlNode item : select.getSelectList()) {
            all |= item instanceof SqlIdentifier name && name.isStar();
        }
    }

    private void collect(@Nullable SqlNode node) {
        switch (node) {
            case SqlIdentifier name -> names.addAll(name.names);
            case SqlCall call -> call.getOperandList().forEach(this::collect);
            case SqlNodeList list -> list.forEach(this::collect);
            case null, default -> {}
        }
    }

    /** The entries that are needed; one at least, since rows need a column. */
    List<Scope.Entry> of(List<Scope.Entry> entries) {
        List<Scope.Entry> needed = entries.stream()
                .filter(e -> all && !e.system() || names.contains(e.column().name()))
                .toList();
        return needed.isEmpty() ? entries.subList(0, 1) : needed;
    }
}
