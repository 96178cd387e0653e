package io.riacho.protocol.query;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Parameters by the parts of their dotted names: {@code Tags.member.1.Key} is three levels below {@code Tags}. */
final class ParameterTree {

    /** Deeper than any member of any API; each level is a call of the reader. */
    private static final int MAX_DEPTH = 32;

    /** A byte or two of a name make a part, which takes a hundred times that in memory. */
    private static final int MAX_PARTS = 20_000;

    private Map<String, ParameterTree> children = Map.of();
    private @Nullable String value;

    private ParameterTree() {}

    static ParameterTree of(QueryForm form) {
        ParameterTree root = new ParameterTree();
        int parts = 0;
        for (Map.Entry<String, String> parameter : form.values().entrySet()) {
            parts += root.put(parameter.getKey(), parameter.getValue());
            if (parts > MAX_PARTS) {
                throw QueryErrors.tooManyParts(MAX_PARTS);
            }
        }
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

    /** Returns how many parts are new. */
    private int put(String name, String text) {
        ParameterTree at = this;
        int position = 0;
        int made = 0;
        for (int depth = 0; position <= name.length(); depth++) {
            if (depth == MAX_DEPTH) {
                throw QueryErrors.tooDeep(MAX_DEPTH);
            }
            int dot = name.indexOf('.', position);
            int end = dot < 0 ? name.length() : dot;
            String part = name.substring(position, end);
            ParameterTree next = at.children.get(part);
            if (next == null) {
                next = new ParameterTree();
                at.add(part, next);
                made++;
            }
            at = next;
            position = end + 1;
        }
        at.value = text;
        return made;
    }

    private void add(String part, ParameterTree child) {
        if (children.isEmpty()) {
            children = new LinkedHashMap<>(4);
        }
        children.put(part, child);
    }
}
