package io.riacho.firehose.destination.iceberg;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Where the tables are.
 *
 * @param catalogName by which Riacho's own catalog is known to others that use it
 * @param warehouse below which Riacho's own catalog makes tables, such as {@code s3://lake/warehouse}; null for {@code warehouse} in
 *     the bucket of a delivery stream's {@code S3Configuration}
 * @param catalogs by the {@code CatalogARN} that asks for them; the ARN of an account's own catalog ({@code arn:aws:glue:…:catalog}) is
 *     Riacho's own one where it is not among them
 */
@ConfigurationProperties("riacho.firehose.iceberg")
public record IcebergProperties(
        @DefaultValue("riacho") String catalogName,
        @Nullable String warehouse,
        @DefaultValue Map<String, Catalog> catalogs) {

    /**
     * A catalog of others.
     *
     * @param uri {@code jdbc:postgresql:…} for one in PostgreSQL, {@code http:} or {@code https:} for a REST catalog
     * @param name of a catalog in PostgreSQL
     * @param user of PostgreSQL
     * @param password of PostgreSQL
     * @param credential of a REST catalog, {@code ID:SECRET} of OAuth2
     * @param token of a REST catalog
     * @param warehouse as the catalog knows it
     */
    public record Catalog(
            String uri,
            @DefaultValue("riacho") String name,
            @Nullable String user,
            @Nullable String password,
            @Nullable String credential,
            @Nullable String token,
            @Nullable String warehouse) {

        @Override
        public String toString() {
            return "Catalog[name=" + name + ", warehouse=" + warehouse + "]";
        }
    }

    public IcebergProperties {
        catalogs = Map.copyOf(catalogs);
    }
}
