package io.riacho.kdasql;

import io.riacho.kdasql.statement.DialectOperators;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIntervalLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.jspecify.annotations.Nullable;

/** What a GROUP BY, or WINDOWED BY STAGGER, groups by: keys, and one window or keys of which a change ends the groups. */
final class Grouping {
    private final List<Key> keys = new ArrayList<>();
    private final List<Key> monotonic = new ArrayList<>();
    private final Map<SqlNode, String> texts = new IdentityHashMap<>();
    private final boolean staggered;
    private long size;
    private boolean ceiling;

    /** A key that is no window. */
    static final class Key {
        private final Expr value;
        private @Nullable Expr column;

        Key(Expr value) {
            this.value = value;
        }

        /** Over the rows that are grouped. */
        Expr value() {
            return value;
        }

        /** Over the groups. */
        Expr column() {
            return Objects.requireNonNull(column);
        }

        void column(Expr of) {
            this.column = of;
        }
    }

    Grouping(SqlNodeList groupBy, Expressions inner) {
        staggered = isStagger(groupBy);
        if (staggered) {
            SqlCall stagger = (SqlCall) groupBy.get(0);
            for (SqlNode key : (SqlNodeList) stagger.operand(0)) {
                keys.add(new Key(inner.translate(key)));
            }
            if (!(stagger.operand(1) instanceof SqlIntervalLiteral interval)) {
                throw new SqlCodeException(stagger.operand(1).getParserPosition(), "An interval is needed here");
            }
            size = Intervals.of(interval).amount();
            if (Intervals.of(interval).months() || size <= 0) {
                throw new SqlCodeException(interval.getParserPosition(), "The window's size is out of range");
            }
            return;
        }
        List<WindowKey> windows = new ArrayList<>();
        for (SqlNode node : groupBy) {
            List<WindowKey> found = WindowKey.in(node, inner);
            if (found.isEmpty() && WindowKey.isMonotonic(node)) {
                Key key = new Key(inner.translate(((SqlCall) node).operand(0)));
                keys.add(key);
                monotonic.add(key);
            } else if (found.isEmpty()) {
                keys.add(new Key(inner.translate(node)));
            } else {
                windows.addAll(found);
            }
        }
        if (windows.isEmpty() && !monotonic.isEmpty()) {
            return;
        }
        if (windows.isEmpty()) {
            throw new SqlCodeException(
                    groupBy.getParserPosition(),
                    "GROUP BY of a stream needs a window of ROWTIME, such as STEP(s.ROWTIME BY INTERVAL '60' SECOND)");
        }
        WindowKey smallest =
                windows.stream().min((a, b) -> Long.compare(a.size(), b.size())).orElseThrow();
        size = smallest.size();
        ceiling = smallest.ceiling();
        for (WindowKey window : windows) {
            if (window.size() % size != 0 || window.ceiling() != ceiling) {
                throw new SqlCodeException(
                        groupBy.getParserPosition(), "Windows of which none divides the others are not supported");
            }
        }
    }

    static boolean isStagger(SqlNodeList groupBy) {
        return groupBy.size() == 1
                && groupBy.get(0) instanceof SqlCall call
                && DialectOperators.STAGGER.equals(call.getOperator());
    }

    boolean staggered() {
        return staggered;
    }

    /** Whether there is no window, but a change of a monotonic key ends the groups. */
    boolean changing() {
        return size == 0;
    }

    List<Key> keys() {
        return keys;
    }

    /** Those of the keys that the code calls monotonic. */
    List<Key> monotonic() {
        return monotonic;
    }

    /** Milliseconds. */
    long size() {
        return size;
    }

    boolean ceiling() {
        return ceiling;
    }

    /** The value over the groups of an expression of ROWTIME that the window determines, or null. */
    @Nullable
    Expr windowValue(SqlNode node, Expressions inner, Functions functions) {
        WindowKey key =
                staggered || changing() || !(node instanceof SqlCall) && size != 1 ? null : WindowKey.of(node, inner);
        if (key == null || key.size() % size != 0 || key.ceiling() != ceiling) {
            return null;
        }
        if (key.interval()) {
            throw new SqlCodeException(
                    node.getParserPosition(), "An interval of ROWTIME can group, but not be selected");
        }
        if (ceiling) {
            return key.size() == size ? Expr.operation("`window_end` - " + Text.interval(1), Type.TIMESTAMP) : null;
        }
        return key.size() == size
                ? Expr.atom("`window_start`", Type.TIMESTAMP)
                : Expr.atom(Arithmetic.stepText(functions, "`window_start`", key.size()), Type.TIMESTAMP);
    }

    /** The node's translation over the rows that are grouped, by which keys are recognised. */
    String textOf(SqlNode node, Expressions inner) {
        return texts.computeIfAbsent(node, n -> inner.translate(n).text());
    }
}
