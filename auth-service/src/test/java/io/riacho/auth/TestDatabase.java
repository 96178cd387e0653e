package io.riacho.auth;

import io.riacho.postgres.TestPostgres;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * A database of its own with all tables, and no server on it.
 *
 * @param jdbc takes part in {@code transactions}
 */
public record TestDatabase(JdbcClient jdbc, TransactionTemplate transactions) {

    public static TestDatabase make() {
        TestPostgres.Database database = TestPostgres.newDatabase();
        DriverManagerDataSource source =
                new DriverManagerDataSource(database.url(), database.user(), database.password());
        new AuthConfiguration().authMigration(source).migrate();
        return new TestDatabase(JdbcClient.create(source), new TransactionTemplate(new JdbcTransactionManager(source)));
    }
}
