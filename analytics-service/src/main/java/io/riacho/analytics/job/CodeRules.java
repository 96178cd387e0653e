package io.riacho.analytics.job;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * What code of applications may name, wherever that is looked at: as it is written, where the place of what is wrong is known, and as
 * Flink's planner understands it, which is not to be fooled.
 *
 * @param connectors of tables
 */
public record CodeRules(Set<String> connectors) {

    /** Those that act as the application's roles, and one that does nothing. */
    public static final Set<String> CONNECTORS = Set.of("kinesis", "firehose", "function", "reference", "blackhole");

    private static final List<String> SETTINGS = List.of("table.exec.", "table.optimizer.", "table.local-time-zone");

    public CodeRules {
        connectors = Set.copyOf(connectors);
    }

    public boolean allowsConnector(String name) {
        return connectors.contains(name);
    }

    public boolean allowsSetting(String key) {
        return SETTINGS.stream().anyMatch(key::startsWith);
    }

    /** Sorted, for people. */
    public String allConnectors() {
        return String.join(", ", new TreeSet<>(connectors));
    }

    /** For people. */
    public String allSettings() {
        return "table.exec.…, table.optimizer.… and table.local-time-zone";
    }
}
