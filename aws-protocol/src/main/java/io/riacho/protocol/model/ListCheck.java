package io.riacho.protocol.model;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A list's size and its elements. Elements that are no structures are reported on the list, all their constraints in one. */
final class ListCheck implements Check {

    private final SizeCheck size;
    private final Check element;

    ListCheck(SizeCheck size, Check element) {
        this.size = size;
        this.element = element;
    }

    @Override
    public void check(Object value, String path, Violations violations) {
        List<?> list = (List<?>) value;
        size.check(list.size(), list, element instanceof ScalarCheck, path, violations);
        if (element instanceof ScalarCheck scalar) {
            checkScalars(list, scalar, path, violations);
            return;
        }
        for (int i = 0; i < list.size() && !violations.isFull(); i++) {
            checkNested(list.get(i), path + '.' + (i + 1) + ".member", violations);
        }
    }

    @Override
    public boolean isEmpty() {
        return false;
    }

    private void checkNested(@Nullable Object value, String path, Violations violations) {
        if (value == null) {
            violations.missing(path);
        } else {
            element.check(value, path, violations);
        }
    }

    private static void checkScalars(List<?> list, ScalarCheck scalar, String path, Violations violations) {
        for (Object value : list) {
            if (value == null || !scalar.isSatisfiedBy(value)) {
                String constraint = value == null
                        ? "Member must satisfy constraint: [Member must not be null]"
                        : "Member must satisfy constraint: " + scalar.text();
                boolean shown = value == null || scalar.shown(value) != null;
                violations.add(shown ? list.toString() : null, path, constraint);
                return;
            }
        }
    }
}
