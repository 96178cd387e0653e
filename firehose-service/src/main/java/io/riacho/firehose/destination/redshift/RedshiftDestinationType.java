package io.riacho.firehose.destination.redshift;

import com.amazon.redshift.ds.RedshiftSimpleDataSource;
import io.riacho.firehose.destination.DeliveryStreamName;
import io.riacho.firehose.destination.Destination;
import io.riacho.firehose.destination.DestinationPlan;
import io.riacho.firehose.destination.DestinationType;
import io.riacho.firehose.destination.postgres.PostgresDestinationType;
import io.riacho.firehose.destination.s3.S3Configurations;
import io.riacho.firehose.destination.s3.S3Objects;
import io.riacho.firehose.destination.warehouse.InvalidWarehouse;
import io.riacho.firehose.destination.warehouse.SqlName;
import io.riacho.firehose.destination.warehouse.WarehouseConfiguration;
import io.riacho.firehose.destination.warehouse.WarehousePool;
import io.riacho.firehose.destination.warehouse.WarehouseProperties;
import io.riacho.firehose.destination.warehouse.WarehouseUrl;
import java.time.InstantSource;
import java.util.Objects;
import javax.sql.DataSource;
import software.amazon.awssdk.services.firehose.model.CompressionFormat;
import software.amazon.awssdk.services.firehose.model.CopyCommand;
import software.amazon.awssdk.services.firehose.model.RedshiftDestinationConfiguration;

/** Redshift, and PostgreSQL-compatible warehouses, which are asked for by the URL. */
public final class RedshiftDestinationType implements DestinationType<RedshiftDestinationConfiguration> {

    private final WarehouseProperties properties;
    private final S3Objects objects;
    private final S3Configurations buckets;
    private final PostgresDestinationType postgres;

    /** @param objects the buckets from which Redshift reads */
    public RedshiftDestinationType(WarehouseProperties properties, S3Objects objects, S3Configurations buckets) {
        this.properties = properties;
        this.objects = objects;
        this.buckets = buckets;
        this.postgres = new PostgresDestinationType(properties, buckets);
    }

    @Override
    public Class<RedshiftDestinationConfiguration> configuration() {
        return RedshiftDestinationConfiguration.class;
    }

    @Override
    public RedshiftDestinationConfiguration complete(RedshiftDestinationConfiguration configuration) {
        if (isPostgres(configuration)) {
            return postgres.complete(configuration);
        }
        String options = configuration.copyCommand().copyOptions();
        String sql = RedshiftOptions.sql(options);
        if (sql.length() > 10_240) {
            throw InvalidWarehouse.of("CopyCommand.CopyOptions is too long");
        }
        if (RedshiftOptions.hasGzip(options) != isGzip(configuration)) {
            throw InvalidWarehouse.of(
                    "CopyCommand.CopyOptions has to say GZIP where CompressionFormat of S3Configuration is GZIP, and"
                            + " nowhere else");
        }
        return WarehouseConfiguration.complete(configuration, buckets);
    }

    private static boolean isGzip(RedshiftDestinationConfiguration configuration) {
        return configuration.s3Configuration().compressionFormat() == CompressionFormat.GZIP;
    }

    private static boolean isPostgres(RedshiftDestinationConfiguration configuration) {
        return WarehouseUrl.parse(configuration.clusterJDBCURL()).product() == WarehouseUrl.Product.POSTGRESQL;
    }

    @Override
    public DestinationPlan plan(RedshiftDestinationConfiguration configuration) {
        return WarehouseConfiguration.plan(configuration);
    }

    @Override
    public Destination open(DeliveryStreamName stream, RedshiftDestinationConfiguration configuration) {
        if (isPostgres(configuration)) {
            return postgres.open(stream, configuration);
        }
        WarehouseUrl warehouse = WarehouseUrl.parse(configuration.clusterJDBCURL());
        String bucket = S3Configurations.bucket(configuration.s3Configuration().bucketARN());
        CopyCommand command = configuration.copyCommand();
        return new RedshiftDestination(
                warehouse,
                new WarehousePool(stream.name(), driver(warehouse, configuration), properties),
                new StagedDelivery(
                        objects, bucket, configuration.s3Configuration().prefix(), isGzip(configuration)),
                new CopySql(
                        SqlName.table(command.dataTableName(), "DataTableName"),
                        SqlName.columns(Objects.requireNonNullElse(command.dataTableColumns(), ""), "DataTableColumns"),
                        configuration.roleARN(),
                        RedshiftOptions.sql(command.copyOptions())),
                WarehouseConfiguration.retry(configuration),
                properties.statementTimeout(),
                InstantSource.system());
    }

    private DataSource driver(WarehouseUrl warehouse, RedshiftDestinationConfiguration configuration) {
        RedshiftSimpleDataSource driver = new RedshiftSimpleDataSource();
        driver.setServerName(warehouse.host());
        driver.setPortNumber(warehouse.port());
        driver.setDatabaseName(warehouse.database());
        driver.setUser(configuration.username());
        driver.setPassword(configuration.password());
        int connect = seconds(properties.connectTimeout().toSeconds());
        driver.setConnectTimeout(connect);
        driver.setLoginTimeout(connect);
        driver.setSocketTimeout(seconds(properties.statementTimeout().toSeconds() + 5));
        driver.setTcpKeepAlive(true);
        driver.setApplicationName(warehouse.parameters().getOrDefault("ApplicationName", "Riacho"));
        driver.setSsl(!"false".equals(warehouse.parameters().get("ssl")));
        String mode = warehouse.parameters().get("sslmode");
        if (mode != null) {
            driver.setSslMode(mode);
        }
        String schema = warehouse.parameters().get("currentSchema");
        if (schema != null) {
            driver.setCurrentSchema(schema);
        }
        return driver;
    }

    private static int seconds(long seconds) {
        return (int) Math.min(seconds, Integer.MAX_VALUE / 1000);
    }
}
