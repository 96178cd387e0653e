package io.riacho.auth.kms;

import io.riacho.auth.kms.key.KeyNaming;
import io.riacho.auth.kms.provider.ExternalKeyProvider;
import io.riacho.auth.kms.provider.KeyProviders;
import io.riacho.auth.kms.provider.LocalKeyProvider;
import io.riacho.auth.root.RootKey;
import io.riacho.protocol.AwsApi;
import io.riacho.protocol.key.KeyService;
import io.riacho.protocol.server.ProtocolProperties;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Objects;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.kms.KmsClient;

/** KMS, wired. Needs a {@link DataSource} with the tables of the service, and the {@link RootKey}. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(KmsProperties.class)
public class KmsConfiguration {

    /** An external KMS must not hold a request up for longer. */
    private static final Duration EXTERNAL_PATIENCE = Duration.ofSeconds(10);

    @Bean
    KeyProviders keyProviders(RootKey rootKey, KmsProperties properties) {
        return new KeyProviders(new LocalKeyProvider(rootKey), external(properties));
    }

    @Bean
    Kms keyManagement(
            DataSource dataSource,
            Flyway authMigration,
            RootKey rootKey,
            KeyProviders keyProviders,
            ProtocolProperties protocol,
            ObjectProvider<InstantSource> clock) {
        return new Kms(
                dataSource,
                rootKey,
                keyProviders,
                new KeyNaming(protocol.accountId(), protocol.region()),
                clock.getIfAvailable(InstantSource::system));
    }

    @Bean
    AwsApi kms(Kms keyManagement) {
        return keyManagement.api();
    }

    @Bean
    KeyService keyService(Kms keyManagement) {
        return keyManagement.keyService();
    }

    @Bean
    KmsSchedule kmsSchedule(Kms keyManagement, KmsProperties properties) {
        return new KmsSchedule(properties.sweepInterval(), keyManagement.sweep());
    }

    private static @Nullable ExternalKeyProvider external(KmsProperties properties) {
        URI endpoint = properties.externalEndpoint();
        if (endpoint == null) {
            return null;
        }
        KmsClient client = KmsClient.builder()
                .endpointOverride(endpoint)
                .region(Region.of(properties.externalRegion()))
                .httpClient(UrlConnectionHttpClient.create())
                .overrideConfiguration(override -> override.apiCallTimeout(EXTERNAL_PATIENCE))
                .build();
        return new ExternalKeyProvider(client, Objects.requireNonNull(properties.externalKeyId()));
    }
}
