package io.riacho.streams;

import com.zaxxer.hikari.HikariDataSource;
import io.riacho.postgres.TestPostgres;
import jakarta.persistence.EntityManagerFactory;
import java.util.Objects;
import java.util.Properties;
import javax.sql.DataSource;
import org.hibernate.boot.model.naming.PhysicalNamingStrategySnakeCaseImpl;
import org.springframework.boot.hibernate.SpringImplicitNamingStrategy;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.orm.jpa.JpaTransactionManager;
import org.springframework.orm.jpa.LocalContainerEntityManagerFactoryBean;
import org.springframework.orm.jpa.vendor.HibernateJpaVendorAdapter;
import org.springframework.transaction.PlatformTransactionManager;

/** A database of its own with the service's tables, and what Spring Boot would make to work with it. */
final class TestDatabase implements AutoCloseable {

    private final HikariDataSource dataSource = new HikariDataSource();
    private final LocalContainerEntityManagerFactoryBean entityManagers = new LocalContainerEntityManagerFactoryBean();

    TestDatabase() {
        TestPostgres.Database database = TestPostgres.newDatabase();
        dataSource.setJdbcUrl(database.url());
        dataSource.setUsername(database.user());
        dataSource.setPassword(database.password());
        dataSource.setMaximumPoolSize(8);
        dataSource.setMinimumIdle(1);
        new StreamsConfiguration().streamsMigration(dataSource).migrate();
        entityManagers.setDataSource(dataSource);
        entityManagers.setPackagesToScan("io.riacho.streams");
        entityManagers.setJpaVendorAdapter(new HibernateJpaVendorAdapter());
        entityManagers.setJpaProperties(properties());
        entityManagers.afterPropertiesSet();
    }

    EntityManagerFactory entityManagers() {
        return Objects.requireNonNull(entityManagers.getObject());
    }

    PlatformTransactionManager transactions() {
        return new JpaTransactionManager(entityManagers());
    }

    DataSource dataSource() {
        return dataSource;
    }

    JdbcClient jdbc() {
        return JdbcClient.create(dataSource);
    }

    @Override
    public void close() {
        entityManagers.destroy();
        dataSource.close();
    }

    private static Properties properties() {
        Properties properties = new Properties();
        properties.setProperty(
                "hibernate.physical_naming_strategy", PhysicalNamingStrategySnakeCaseImpl.class.getName());
        properties.setProperty("hibernate.implicit_naming_strategy", SpringImplicitNamingStrategy.class.getName());
        properties.setProperty("hibernate.jdbc.time_zone", "UTC");
        properties.setProperty("hibernate.jdbc.batch_size", "500");
        properties.setProperty("hibernate.order_inserts", "true");
        properties.setProperty("hibernate.order_updates", "true");
        return properties;
    }
}
