package io.riacho.usage;

import io.riacho.usage.hours.HourlyUsage;
import io.riacho.usage.hours.PriceStore;
import io.riacho.usage.hours.UsageReader;
import io.riacho.usage.hours.UsageSource;
import io.riacho.usage.hours.UsageSpans;
import io.riacho.usage.meter.Meter;
import java.util.List;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The tables of one service's usage, in the service's own schema. Makes them where they are not there; the service's own
 * tables have to be there already, since their migration expects an empty schema.
 */
public final class UsageTables {

    private final String schema;
    private final JdbcTemplate jdbc;
    private final TransactionTemplate transaction;
    private final UsageProperties properties;

    /** @param transactions on the data source */
    public UsageTables(
            DataSource dataSource, PlatformTransactionManager transactions, String schema, UsageProperties properties) {
        this.schema = schema;
        this.jdbc = new JdbcTemplate(dataSource);
        this.transaction = new TransactionTemplate(transactions);
        this.properties = properties;
        // The service's own tables may be there already, with a history of their own.
        Flyway.configure()
                .dataSource(dataSource)
                .defaultSchema(schema)
                .createSchemas(true)
                .table("usage_history")
                .baselineOnMigrate(true)
                .baselineVersion("0")
                .locations("classpath:io/riacho/usage/migration")
                .load()
                .migrate();
    }

    public String schema() {
        return schema;
    }

    public JdbcTemplate jdbc() {
        return jdbc;
    }

    public TransactionTemplate transaction() {
        return transaction;
    }

    public UsageProperties properties() {
        return properties;
    }

    public HourlyUsage hours() {
        return new HourlyUsage(jdbc, schema, properties.newSubjects());
    }

    public UsageSpans spans() {
        return new UsageSpans(jdbc, schema);
    }

    /** @param upToDate see {@link UsageSource} */
    public UsageSource source(String service, List<Meter> meters, Runnable upToDate) {
        return new UsageSource(
                service, meters, new UsageReader(jdbc, schema), new PriceStore(jdbc, transaction, schema), upToDate);
    }
}
