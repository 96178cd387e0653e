package io.riacho.protocol.model;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A map's size, keys and values. Keys, and values that are no structures, are reported on the map. */
final class MapCheck implements Check {

    private final SizeCheck size;
    private final ScalarCheck key;
    private final Check element;

    MapCheck(SizeCheck size, ScalarCheck key, Check element) {
        this.size = size;
        this.key = key;
        this.element = element;
    }

    @Override
    public void check(Object value, String path, Violations violations) {
        Map<?, ?> map = (Map<?, ?>) value;
        boolean shown = element instanceof ScalarCheck;
        size.check(map.size(), map, shown, path, violations);
        for (Object name : map.keySet()) {
            if (!key.isSatisfiedBy(name)) {
                violations.add(shown ? map.toString() : null, path, "Map keys must satisfy constraint: " + key.text());
                break;
            }
        }
        if (element instanceof ScalarCheck scalar) {
            checkScalars(map, scalar, path, violations);
            return;
        }
        map.forEach((name, nested) -> checkNested(nested, path + '.' + name + ".member", violations));
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

    private static void checkScalars(Map<?, ?> map, ScalarCheck scalar, String path, Violations violations) {
        for (Object value : map.values()) {
            if (value == null || !scalar.isSatisfiedBy(value)) {
                String constraint = value == null
                        ? "Map value must satisfy constraint: [Member must not be null]"
                        : "Map value must satisfy constraint: " + scalar.text();
                boolean shown = value == null || scalar.shown(value) != null;
                violations.add(shown ? map.toString() : null, path, constraint);
                return;
            }
        }
    }
}
