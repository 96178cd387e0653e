package io.riacho.auth;

import io.riacho.auth.kms.KmsConfiguration;
import io.riacho.auth.root.RootKey;
import io.riacho.protocol.server.AwsProtocolConfiguration;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** Identities, wired. Needs a {@link DataSource}. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(AuthProperties.class)
@Import({AwsProtocolConfiguration.class, KmsConfiguration.class})
public class AuthConfiguration {

    @Bean(initMethod = "migrate")
    Flyway authMigration(DataSource dataSource) {
        return Flyway.configure()
                .dataSource(dataSource)
                .defaultSchema("auth")
                .createSchemas(true)
                .locations("classpath:io/riacho/auth/migration")
                .load();
    }

    @Bean
    RootKey rootKey(AuthProperties properties) {
        return RootKey.in(properties.rootKey());
    }
}
