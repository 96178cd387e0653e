package io.riacho.leasetables.table;

import io.riacho.leasetables.error.DynamoErrors;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** A table as it is defined. */
public record Table(
        long id,
        String name,
        UUID uuid,
        KeySchema key,
        Billing billing,
        boolean deletionProtected,
        Instant createdAt,
        List<Index> indexes,
        Map<String, String> tags) {

    public Table {
        indexes = List.copyOf(indexes);
        tags = Map.copyOf(tags);
    }

    /**
     * What the table is said to cost. Nothing is billed, and nothing throttled.
     *
     * @param readUnits 0 where the table is paid by request
     */
    public record Billing(boolean provisioned, long readUnits, long writeUnits) {

        public static final Billing BY_REQUEST = new Billing(false, 0, 0);

        String mode() {
            return provisioned ? "PROVISIONED" : "PAY_PER_REQUEST";
        }
    }

    /** How much of an item an index answers. */
    public enum ProjectionType {
        KEYS_ONLY,
        INCLUDE,
        ALL
    }

    /**
     * A global secondary index.
     *
     * @param projected beside the keys, where the projection is {@link ProjectionType#INCLUDE}
     */
    public record Index(
            long id, String name, KeySchema key, ProjectionType projection, List<String> projected, Billing billing) {

        public Index {
            projected = List.copyOf(projected);
        }
    }

    /** @throws io.riacho.protocol.AwsException ValidationException where the table has none of that name */
    public Index index(String indexName) {
        return indexes.stream()
                .filter(index -> index.name().equals(indexName))
                .findFirst()
                .orElseThrow(
                        () -> DynamoErrors.validation("The table does not have the specified index: " + indexName));
    }
}
