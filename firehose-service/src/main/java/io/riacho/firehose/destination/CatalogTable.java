package io.riacho.firehose.destination;

import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.firehose.model.SchemaConfiguration;

/**
 * A table as a configuration names it.
 *
 * @param catalogId null for that of the server's account
 * @param region null for the server's
 * @param version a number, or {@code LATEST}
 */
public record CatalogTable(
        @Nullable String catalogId,
        String database,
        String table,
        @Nullable String region,
        String version) {

    private static final String NEWEST = "LATEST";

    public static CatalogTable of(SchemaConfiguration configuration) {
        return new CatalogTable(
                configuration.catalogId(),
                String.valueOf(configuration.databaseName()),
                String.valueOf(configuration.tableName()),
                configuration.region(),
                configuration.versionId() == null ? NEWEST : configuration.versionId());
    }

    /** Null where the configuration leaves a part of it out. */
    public @Nullable String catalogArn() {
        return catalogId == null || region == null ? null : "arn:aws:glue:" + region + ":" + catalogId + ":catalog";
    }
}
