package io.riacho.firehose.catalog;

import io.riacho.policy.NamedPolicy;
import io.riacho.policy.PolicyDocument;
import io.riacho.policy.PolicyKind;
import io.riacho.policy.PolicySet;
import io.riacho.policy.Principal;
import io.riacho.postgres.TestPostgres;
import io.riacho.protocol.Caller;
import io.riacho.protocol.SigningKeys;
import io.riacho.protocol.server.AwsProtocolConfiguration;
import io.riacho.protocol.signature.RootSigningKeys;
import java.net.URI;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Import;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.glue.GlueClient;

/** A running server of the catalog over a real PostgreSQL, and clients of it. */
final class CatalogServer implements AutoCloseable {

    static final String ACCOUNT = "123456789012";
    static final String REGION = "eu-central-1";

    private final Users users = new Users();
    private final ConfigurableApplicationContext context;

    CatalogServer() {
        TestPostgres.Database database = TestPostgres.newDatabase();
        SpringApplication application = new SpringApplication(Application.class);
        application.addInitializers(started -> started.getBeanFactory().registerSingleton("users", users));
        context = application.run(
                "--server.port=0",
                "--server.address=127.0.0.1",
                "--spring.main.banner-mode=off",
                "--riacho.tls.enabled=false",
                "--riacho.account-id=" + ACCOUNT,
                "--riacho.region=" + REGION,
                "--spring.datasource.url=" + database.url(),
                "--spring.datasource.username=" + database.user(),
                "--spring.datasource.password=" + database.password());
    }

    TableDefinitions tables() {
        return context.getBean(TableDefinitions.class);
    }

    GlueClient client() {
        return client(users.add(Caller.root(ACCOUNT)));
    }

    /** Of a user whose identity policy this is. */
    GlueClient client(String policy) {
        return client(users.with(policy));
    }

    /** The key of a user whose identity policy this is. */
    AwsBasicCredentials user(String policy) {
        return users.with(policy);
    }

    URI uri() {
        return URI.create("http://127.0.0.1:" + context.getEnvironment().getProperty("local.server.port"));
    }

    private GlueClient client(AwsBasicCredentials credentials) {
        return GlueClient.builder()
                .endpointOverride(uri())
                .region(Region.of(REGION))
                .credentialsProvider(StaticCredentialsProvider.create(credentials))
                .httpClientBuilder(UrlConnectionHttpClient.builder())
                .overrideConfiguration(override -> override.retryStrategy(retry -> retry.maxAttempts(1)))
                .build();
    }

    @Override
    public void close() {
        context.close();
    }

    private static final class Users implements SigningKeys {

        private final Map<String, Caller> byKey = new ConcurrentHashMap<>();

        AwsBasicCredentials with(String policy) {
            String name = "user-" + byKey.size();
            return add(new Caller(
                    Principal.user("arn:aws:iam::" + ACCOUNT + ":user/" + name),
                    "AIDA" + byKey.size(),
                    Map.of("aws:username", List.of(name)),
                    PolicySet.ofIdentity(
                            List.of(new NamedPolicy("policy", PolicyDocument.parse(policy, PolicyKind.IDENTITY))))));
        }

        AwsBasicCredentials add(Caller caller) {
            String key = "AKIATEST" + byKey.size();
            byKey.put(key, caller);
            return AwsBasicCredentials.create(key, "secret of " + key);
        }

        @Override
        public Optional<SigningKey> find(
                String accessKeyId, @Nullable String sessionToken, LocalDate date, String region, String service) {
            Caller caller = byKey.get(accessKeyId);
            return caller == null
                    ? Optional.empty()
                    : new RootSigningKeys(accessKeyId, "secret of " + accessKeyId, ACCOUNT)
                            .find(accessKeyId, null, date, region, service)
                            .map(found -> new SigningKey(found.key(), caller));
        }
    }

    @SpringBootConfiguration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    @Import({AwsProtocolConfiguration.class, CatalogConfiguration.class})
    static class Application {}
}
