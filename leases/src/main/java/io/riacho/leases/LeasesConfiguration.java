package io.riacho.leases;

import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The lease table, wired. Needs a {@link DataSource}. */
@Configuration(proxyBeanMethods = false)
public class LeasesConfiguration {

    @Bean(initMethod = "migrate")
    Flyway leasesMigration(DataSource dataSource) {
        return Flyway.configure()
                .dataSource(dataSource)
                .defaultSchema("leases")
                .createSchemas(true)
                .locations("classpath:io/riacho/leases/migration")
                .load();
    }

    @Bean
    LeaseTable leaseTable(DataSource dataSource, Flyway leasesMigration) {
        return new LeaseTable(dataSource);
    }
}
