package io.riacho.firehose.destination.iceberg;

import io.riacho.firehose.destination.s3.S3Configurations;
import io.riacho.firehose.destination.s3.S3Properties;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import javax.sql.DataSource;
import org.apache.iceberg.CatalogProperties;
import org.apache.iceberg.aws.s3.S3FileIO;
import org.apache.iceberg.catalog.Catalog;
import org.apache.iceberg.jdbc.JdbcCatalog;
import org.apache.iceberg.rest.RESTCatalog;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.services.firehose.model.CatalogConfiguration;
import software.amazon.awssdk.services.firehose.model.IcebergDestinationConfiguration;

/** Finds the catalog that a configuration means. */
final class Catalogs {

    /** An account's own catalog of AWS Glue. */
    private static final Pattern OWN = Pattern.compile("arn:[^:]*:glue:[^:]*:\\d{12}:catalog");

    private final IcebergProperties properties;
    private final S3Properties s3;
    private final AwsCredentials key;
    private final DataSource own;

    Catalogs(IcebergProperties properties, S3Properties s3, AwsCredentials key, DataSource own) {
        this.properties = properties;
        this.s3 = s3;
        this.key = key;
        this.own = own;
    }

    /** Whether there is one for an ARN. */
    boolean has(@Nullable String arn) {
        return arn == null
                || properties.catalogs().containsKey(arn)
                || OWN.matcher(arn).matches();
    }

    /** Opens it; connects to it. */
    Catalog open(IcebergDestinationConfiguration configuration) throws SQLException {
        CatalogConfiguration catalog = configuration.catalogConfiguration();
        IcebergProperties.@Nullable Catalog other =
                catalog.catalogARN() == null ? null : properties.catalogs().get(catalog.catalogARN());
        return other == null ? own(configuration) : other(other, catalog.warehouseLocation());
    }

    private Catalog own(IcebergDestinationConfiguration configuration) throws SQLException {
        OwnCatalogPool.makeSchema(own);
        Map<String, String> settings = files();
        settings.put(CatalogProperties.URI, "riacho");
        settings.put("jdbc.schema-version", "V1");
        settings.put(CatalogProperties.WAREHOUSE_LOCATION, warehouse(configuration));
        JdbcCatalog catalog = new JdbcCatalog(null, all -> new OwnCatalogPool(own, all), true);
        catalog.initialize(properties.catalogName(), settings);
        return catalog;
    }

    private String warehouse(IcebergDestinationConfiguration configuration) {
        String asked = configuration.catalogConfiguration().warehouseLocation();
        if (asked != null) {
            return asked;
        }
        String bucket = S3Configurations.bucket(configuration.s3Configuration().bucketARN());
        return Objects.requireNonNullElse(properties.warehouse(), "s3://" + bucket + "/warehouse");
    }

    private Catalog other(IcebergProperties.Catalog other, @Nullable String warehouse) {
        Map<String, String> settings = files();
        settings.put(CatalogProperties.URI, other.uri());
        put(settings, CatalogProperties.WAREHOUSE_LOCATION, warehouse == null ? other.warehouse() : warehouse);
        if (!other.uri().startsWith("jdbc:")) {
            put(settings, "credential", other.credential());
            put(settings, "token", other.token());
            RESTCatalog catalog = new RESTCatalog();
            catalog.initialize(other.name(), settings);
            return catalog;
        }
        put(settings, "jdbc.user", other.user());
        put(settings, "jdbc.password", other.password());
        settings.put("jdbc.schema-version", "V1");
        settings.put("jdbc.connectTimeout", "10");
        settings.put("jdbc.loginTimeout", "10");
        settings.put("jdbc.socketTimeout", "60");
        JdbcCatalog catalog = new JdbcCatalog();
        catalog.initialize(other.name(), settings);
        return catalog;
    }

    /** How the tables' files are reached. */
    private Map<String, String> files() {
        Map<String, String> settings = new HashMap<>();
        settings.put(CatalogProperties.FILE_IO_IMPL, S3FileIO.class.getName());
        settings.put("client.region", s3.region());
        settings.put("http-client.type", "urlconnection");
        settings.put("http-client.urlconnection.connection-timeout-ms", "5000");
        settings.put("http-client.urlconnection.socket-timeout-ms", "30000");
        settings.put("s3.path-style-access", String.valueOf(s3.pathStyle()));
        settings.put("s3.endpoint", s3.requireEndpoint().toString());
        settings.put("s3.access-key-id", key.accessKeyId());
        settings.put("s3.secret-access-key", key.secretAccessKey());
        return settings;
    }

    private static void put(Map<String, String> settings, String key, @Nullable String value) {
        if (value != null) {
            settings.put(key, value);
        }
    }
}
