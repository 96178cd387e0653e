package io.riacho.firehose.record;

import java.util.Map;
import java.util.TreeMap;

/**
 * What dynamic partitioning sorts records by.
 *
 * @param fromQuery by the names that MetadataExtraction's query gives them
 * @param fromLambda by the names that the transformation function gives them
 */
public record PartitionKeys(Map<String, String> fromQuery, Map<String, String> fromLambda) {

    public static final PartitionKeys NONE = new PartitionKeys(Map.of(), Map.of());

    public PartitionKeys {
        fromQuery = Map.copyOf(fromQuery);
        fromLambda = Map.copyOf(fromLambda);
    }

    /** Equal for equal keys, whatever their order. */
    public String text() {
        return fromQuery.isEmpty() && fromLambda.isEmpty()
                ? ""
                : new TreeMap<>(fromQuery) + "/" + new TreeMap<>(fromLambda);
    }
}
