package io.riacho.standalone;

import com.zaxxer.hikari.HikariDataSource;
import java.nio.file.Path;
import javax.sql.DataSource;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Starts a PostgreSQL of our own, where no {@code SPRING_DATASOURCE_URL} names another. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnProperty(name = "spring.datasource.url", matchIfMissing = true, havingValue = "none")
class EmbeddedPostgresConfiguration {

    @Bean
    EmbeddedPostgresServer embeddedPostgres(@Value("${riacho.data:./data}") Path dataFolder) {
        return EmbeddedPostgresServer.start(dataFolder.resolve("postgres"));
    }

    @Bean
    DataSource dataSource(EmbeddedPostgresServer postgres, @Value("${riacho.postgres.connections:8}") int connections) {
        HikariDataSource pool = new HikariDataSource();
        pool.setPoolName("postgres");
        pool.setJdbcUrl(postgres.jdbcUrl());
        pool.setUsername(EmbeddedPostgresServer.USER);
        pool.setPassword(postgres.password());
        pool.setMaximumPoolSize(connections);
        pool.setMinimumIdle(1);
        return pool;
    }
}
