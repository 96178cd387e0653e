package io.riacho.protocol.query;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Parameters by the parts of their dotted names: {@code Tags.member.1.Key} is three levels below {@code Tags}. */
final class ParameterTree {

    /** Deeper than any member of any API; each level is a call of the reader. */
    private static final int MAX_DEPTH = 32;

    private final Map<String, ParameterTree> children = new LinkedHashMap<>();
    private @Nullable String value;

    private ParameterTree() {}

    static ParameterTree of(QueryForm form) {
        ParameterTree root = new ParameterTree();
        form.values().forEach(root::put);
        return root;
    }

    /** What stands here itself; null where only parts below have values. */
    @Nullable
    String value() {
        return value;
    }

    Map<String, ParameterTree> children() {
        return children;
    }

    @Nullable
    ParameterTree child(String name) {
        return children.get(name);
    }

    private void put(String name, String text) {
        ParameterTree at = this;
        int position = 0;
        for (int depth = 0; position <= name.length(); depth++) {
            if (depth == MAX_DEPTH) {
                throw QueryErrors.tooDeep(MAX_DEPTH);
            }
            int dot = name.indexOf('.', position);
            int end = dot < 0 ? name.length() : dot;
            at = at.children.computeIfAbsent(name.substring(position, end), _ -> new ParameterTree());
            position = end + 1;
        }
        at.value = text;
    }
}
