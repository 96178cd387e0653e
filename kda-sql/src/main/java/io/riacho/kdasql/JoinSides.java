package io.riacho.kdasql;

import io.riacho.kdasql.Froms.Side;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.jspecify.annotations.Nullable;

/** Which side of a join a condition or column is of. */
final class JoinSides {
    private JoinSides() {}

    enum Of {
        LEFT,
        RIGHT
    }

    /** Which sides a condition names. */
    static Set<Of> of(SqlNode node, Side left, Side right) {
        Set<Of> sides = EnumSet.noneOf(Of.class);
        collect(node, left, right, sides);
        return sides;
    }

    private static void collect(@Nullable SqlNode node, Side left, Side right, Set<Of> sides) {
        switch (node) {
            case SqlIdentifier name -> {
                if (knows(left, name)) {
                    sides.add(Of.LEFT);
                }
                if (knows(right, name)) {
                    sides.add(Of.RIGHT);
                }
            }
            case SqlCall call -> call.getOperandList().forEach(o -> collect(o, left, right, sides));
            case SqlNodeList list -> list.forEach(o -> collect(o, left, right, sides));
            case null, default -> {}
        }
    }

    static boolean knows(Side side, SqlIdentifier name) {
        if (name.isStar()) {
            return false;
        }
        List<Scope.Entry> entries = side.scope().entries();
        if (name.isSimple()) {
            return entries.stream().anyMatch(e -> e.column().name().equals(name.getSimple()));
        }
        return name.names.subList(0, name.names.size() - 1).stream()
                .anyMatch(part -> entries.stream().anyMatch(e -> e.alias().equals(part)));
    }
}
