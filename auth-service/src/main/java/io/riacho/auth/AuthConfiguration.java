package io.riacho.auth;

import io.riacho.auth.authority.AccessKeySecrets;
import io.riacho.auth.authority.AuthorityConfiguration;
import io.riacho.auth.authority.DatabaseSigningKeys;
import io.riacho.auth.authority.LastUses;
import io.riacho.auth.authority.SessionKeys;
import io.riacho.auth.database.AuthDatabase;
import io.riacho.auth.declared.DeclaredClients;
import io.riacho.auth.declared.DeclaredClientsProperties;
import io.riacho.auth.identity.DatabaseIdentities;
import io.riacho.auth.identity.IamArns;
import io.riacho.auth.kms.KmsConfiguration;
import io.riacho.auth.oauth.ClientRegistrations;
import io.riacho.auth.password.PasswordChanges;
import io.riacho.auth.password.Passwords;
import io.riacho.auth.root.RootKey;
import io.riacho.health.HealthConfiguration;
import io.riacho.protocol.AwsApi;
import io.riacho.protocol.SigningKeys;
import io.riacho.protocol.rest.RestConfiguration;
import io.riacho.protocol.server.AwsProtocolConfiguration;
import io.riacho.protocol.server.ProtocolProperties;
import io.riacho.protocol.signature.RootCredentials;
import io.riacho.protocol.signature.RootSigningKeys;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Optional;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.core.env.Environment;

/** Identities, wired. Needs a {@link DataSource}. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties({AuthProperties.class, DeclaredClientsProperties.class})
@Import({
    AwsProtocolConfiguration.class,
    HealthConfiguration.class,
    RestConfiguration.class,
    TokenConfiguration.class,
    StsConfiguration.class,
    KmsConfiguration.class,
    AuthorityConfiguration.class
})
public class AuthConfiguration {

    @Bean(initMethod = "migrate")
    Flyway authMigration(DataSource dataSource) {
        return Flyway.configure()
                .dataSource(dataSource)
                .defaultSchema("auth")
                .createSchemas(true)
                .locations("classpath:io/riacho/auth/migration")
                // Policies have variables of their own.
                .placeholderReplacement(false)
                .load();
    }

    @Bean
    AuthDatabase authDatabase(DataSource dataSource, Flyway authMigration) {
        return new AuthDatabase(dataSource);
    }

    @Bean
    IamArns iamArns(ProtocolProperties protocol) {
        return new IamArns(protocol.accountId());
    }

    @Bean
    DatabaseIdentities identities(AuthDatabase database, IamArns arns) {
        return new DatabaseIdentities(database, arns);
    }

    @Bean
    LastUses accessKeyUses(AuthDatabase database, ObjectProvider<InstantSource> clock) {
        return new LastUses(database, clock.getIfAvailable(InstantSource::system));
    }

    @Bean
    SigningKeys signingKeys(
            Environment environment,
            @Value("${riacho.data:./data}") Path dataFolder,
            ProtocolProperties protocol,
            DatabaseIdentities identities,
            RootKey rootKey,
            ObjectProvider<SessionKeys> sessions,
            LastUses uses) {
        RootSigningKeys root =
                RootSigningKeys.of(RootCredentials.of(environment::getProperty, dataFolder), protocol.accountId());
        return new DatabaseSigningKeys(
                root,
                identities,
                new AccessKeySecrets(rootKey),
                sessions.getIfAvailable(() -> (_, _, _, _, _) -> Optional.empty()),
                uses);
    }

    @Bean
    AwsApi iam(
            AuthDatabase database,
            IamArns arns,
            DatabaseIdentities identities,
            RootKey rootKey,
            LastUses uses,
            Passwords passwords,
            PasswordChanges passwordChanges,
            ObjectProvider<InstantSource> clock) {
        return IamApi.of(
                database,
                arns,
                identities,
                new AccessKeySecrets(rootKey),
                uses,
                passwords,
                passwordChanges,
                clock.getIfAvailable(InstantSource::system));
    }

    @Bean(initMethod = "make")
    DeclaredClients declaredClients(
            DeclaredClientsProperties properties,
            AuthDatabase database,
            IamArns arns,
            ClientRegistrations registrations,
            ObjectProvider<InstantSource> clock) {
        return IamApi.declaredClients(
                properties, database, arns, registrations, clock.getIfAvailable(InstantSource::system));
    }

    @Bean
    RootKey rootKey(AuthProperties properties) {
        return RootKey.in(properties.rootKey());
    }
}
