package io.riacho.firehose.destination.postgres;

import io.riacho.firehose.destination.DeliveryStreamName;
import io.riacho.firehose.destination.Destination;
import io.riacho.firehose.destination.DestinationPlan;
import io.riacho.firehose.destination.DestinationType;
import io.riacho.firehose.destination.s3.S3Configurations;
import io.riacho.firehose.destination.warehouse.SqlName;
import io.riacho.firehose.destination.warehouse.WarehouseConfiguration;
import io.riacho.firehose.destination.warehouse.WarehousePool;
import io.riacho.firehose.destination.warehouse.WarehouseProperties;
import io.riacho.firehose.destination.warehouse.WarehouseUrl;
import java.util.List;
import java.util.Objects;
import javax.sql.DataSource;
import org.postgresql.ds.PGSimpleDataSource;
import org.postgresql.ssl.DefaultJavaSSLFactory;
import software.amazon.awssdk.services.firehose.model.RedshiftDestinationConfiguration;

/**
 * PostgreSQL-compatible warehouses. The API has no member for them: they are asked for by a Redshift configuration whose
 * {@code ClusterJDBCURL} begins with {@code jdbc:postgresql://} and names no cluster of AWS's.
 */
public final class PostgresDestinationType implements DestinationType<RedshiftDestinationConfiguration> {

    private final WarehouseProperties properties;
    private final S3Configurations buckets;

    public PostgresDestinationType(WarehouseProperties properties, S3Configurations buckets) {
        this.properties = properties;
        this.buckets = buckets;
    }

    @Override
    public Class<RedshiftDestinationConfiguration> configuration() {
        return RedshiftDestinationConfiguration.class;
    }

    @Override
    public RedshiftDestinationConfiguration complete(RedshiftDestinationConfiguration configuration) {
        WarehouseUrl.parse(configuration.clusterJDBCURL());
        CopyFormat.parse(configuration.copyCommand().copyOptions());
        return WarehouseConfiguration.complete(configuration, buckets);
    }

    @Override
    public DestinationPlan plan(RedshiftDestinationConfiguration configuration) {
        return WarehouseConfiguration.plan(configuration);
    }

    @Override
    public Destination open(DeliveryStreamName stream, RedshiftDestinationConfiguration configuration) {
        WarehouseUrl warehouse = WarehouseUrl.parse(configuration.clusterJDBCURL());
        List<String> table = SqlName.table(configuration.copyCommand().dataTableName(), "DataTableName");
        List<String> columns = SqlName.columns(
                Objects.requireNonNullElse(configuration.copyCommand().dataTableColumns(), ""), "DataTableColumns");
        return new PostgresDestination(
                warehouse,
                new WarehousePool(stream.name(), driver(warehouse, configuration), properties),
                properties,
                table,
                columns,
                CopyFormat.parse(configuration.copyCommand().copyOptions()));
    }

    private DataSource driver(WarehouseUrl warehouse, RedshiftDestinationConfiguration configuration) {
        PGSimpleDataSource driver = new PGSimpleDataSource();
        driver.setServerNames(new String[] {warehouse.address()});
        driver.setPortNumbers(new int[] {warehouse.port()});
        driver.setDatabaseName(warehouse.database());
        driver.setUser(configuration.username());
        driver.setPassword(configuration.password());
        driver.setConnectTimeout(seconds(properties.connectTimeout().toSeconds()));
        driver.setLoginTimeout(seconds(properties.connectTimeout().toSeconds()));
        // The server ends a statement in time; this is for a server that is no more.
        driver.setSocketTimeout(seconds(properties.statementTimeout().toSeconds() + 5));
        driver.setTcpKeepAlive(true);
        driver.setApplicationName(warehouse.parameters().getOrDefault("ApplicationName", "Riacho"));
        driver.setSslMode(sslMode(warehouse));
        if (sslMode(warehouse).startsWith("verify-")) {
            driver.setSslfactory(DefaultJavaSSLFactory.class.getName());
        }
        String schema = warehouse.parameters().get("currentSchema");
        if (schema != null) {
            driver.setCurrentSchema(schema);
        }
        return driver;
    }

    private static String sslMode(WarehouseUrl warehouse) {
        String ssl = warehouse.parameters().get("ssl");
        String mode = warehouse.parameters().getOrDefault("sslmode", "prefer");
        return ssl == null ? mode : ssl.equals("true") ? "verify-full" : "disable";
    }

    private static int seconds(long seconds) {
        return (int) Math.min(seconds, Integer.MAX_VALUE / 1000);
    }
}
