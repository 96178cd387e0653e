package io.riacho.leasetables;

import io.riacho.leasetables.application.LeaseStore;
import io.riacho.leasetables.application.LeaseTables;
import io.riacho.leasetables.item.ItemOperations;
import io.riacho.leasetables.item.ItemReader;
import io.riacho.leasetables.item.ItemStore;
import io.riacho.leasetables.item.ItemWriter;
import io.riacho.leasetables.item.PageOperations;
import io.riacho.leasetables.item.PageStore;
import io.riacho.leasetables.item.TokenStore;
import io.riacho.leasetables.item.TransactionOperations;
import io.riacho.leasetables.item.TransactionTokens;
import io.riacho.leasetables.table.BackupOperations;
import io.riacho.leasetables.table.IndexStore;
import io.riacho.leasetables.table.TableAccess;
import io.riacho.leasetables.table.TableNames;
import io.riacho.leasetables.table.TableOperations;
import io.riacho.leasetables.table.TableStore;
import io.riacho.leasetables.table.Tables;
import io.riacho.leasetables.table.TagOperations;
import io.riacho.leasetables.table.Transactions;
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

/** DynamoDB's API over PostgreSQL, wired. Needs a {@link DataSource} and the wire's own configuration. */
@Configuration(proxyBeanMethods = false)
public class LeaseTablesConfiguration {

    @Bean(initMethod = "migrate")
    Flyway leaseTablesMigration(DataSource dataSource) {
        return Flyway.configure()
                .dataSource(dataSource)
                .defaultSchema("lease_tables")
                .createSchemas(true)
                .locations("classpath:io/riacho/leasetables/migration")
                .load();
    }

    @Bean
    LeaseTables leaseTables(DataSource dataSource, Flyway leaseTablesMigration) {
        return new LeaseStore(JdbcClient.create(dataSource));
    }

    @Bean
    AwsApi dynamoDb(
            DataSource dataSource,
            Flyway leaseTablesMigration,
            ProtocolProperties protocol,
            ObjectProvider<InstantSource> clocks) {
        InstantSource clock = clocks.getIfAvailable(InstantSource::system);
        JdbcClient jdbc = JdbcClient.create(dataSource);
        Transactions transactions = new Transactions(new JdbcTransactionManager(dataSource));
        TableNames names = new TableNames(protocol.accountId(), protocol.region());
        TableStore tableStore = new TableStore(jdbc);
        IndexStore indexes = new IndexStore(jdbc);
        ItemStore items = new ItemStore(jdbc);
        Tables tables = new Tables(transactions, tableStore, indexes, clock);
        ItemWriter writer = new ItemWriter(transactions, tableStore, items, indexes, clock);
        ItemReader reader = new ItemReader(transactions, tableStore, items, new PageStore(jdbc));
        return AwsApi.of(
                        "dynamodb",
                        new TableAccess(names, tables),
                        new TableOperations(names, tables),
                        new TagOperations(names, tables),
                        new BackupOperations(names, tables),
                        new ItemOperations(names, reader, writer),
                        new PageOperations(names, reader),
                        new TransactionOperations(
                                names, reader, writer, new TransactionTokens(new TokenStore(jdbc), clock)))
                .withChecksums();
    }
}
