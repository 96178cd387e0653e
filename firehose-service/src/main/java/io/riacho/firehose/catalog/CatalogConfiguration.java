package io.riacho.firehose.catalog;

import io.riacho.protocol.AwsApi;
import io.riacho.protocol.server.ProtocolProperties;
import java.time.InstantSource;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** The catalog, wired. Needs a {@link DataSource} and the wire's own configuration. */
@Configuration(proxyBeanMethods = false)
public class CatalogConfiguration {

    @Bean(initMethod = "migrate")
    Flyway catalogMigration(DataSource dataSource) {
        return Flyway.configure()
                .dataSource(dataSource)
                .defaultSchema("firehose_catalog")
                .createSchemas(true)
                .locations("classpath:io/riacho/firehose/catalog/migration")
                .load();
    }

    @Bean
    CatalogNames catalogNames(ProtocolProperties protocol) {
        return new CatalogNames(protocol.region(), protocol.accountId());
    }

    @Bean
    CatalogStore catalogStore(DataSource dataSource, Flyway catalogMigration) {
        return new CatalogStore(
                JdbcClient.create(dataSource), new TransactionTemplate(new JdbcTransactionManager(dataSource)));
    }

    @Bean
    TableDefinitions tableDefinitions(CatalogNames names, CatalogStore store, ObjectProvider<TableReaders> readers) {
        // Where nobody knows roles there are none.
        return new CatalogTableDefinitions(
                names, store, new Definitions(names), readers.getIfAvailable(() -> (_, _) -> {}));
    }

    @Bean
    AwsApi glue(CatalogNames names, CatalogStore store, ObjectProvider<InstantSource> clocks) {
        InstantSource clock = clocks.getIfAvailable(InstantSource::system);
        Definitions definitions = new Definitions(names);
        return AwsApi.of(
                "glue",
                new CatalogAccess(names),
                new DatabaseOperations(names, store, definitions, clock),
                new TableOperations(names, store, definitions, clock));
    }
}
