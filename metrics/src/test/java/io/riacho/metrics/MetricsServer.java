package io.riacho.metrics;

import io.riacho.policy.NamedPolicy;
import io.riacho.policy.PolicyDocument;
import io.riacho.policy.PolicyKind;
import io.riacho.policy.PolicySet;
import io.riacho.policy.Principal;
import io.riacho.protocol.BearerTokens;
import io.riacho.protocol.Caller;
import io.riacho.protocol.SigningKeys;
import io.riacho.protocol.server.AwsProtocolConfiguration;
import io.riacho.protocol.signature.RootSigningKeys;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.apache.ApacheHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.cloudwatch.CloudWatchClient;

/** A server that has CloudWatch's metrics and nothing else. */
public final class MetricsServer implements AutoCloseable {

    public static final String ACCOUNT = "000000000000";
    public static final String SECRET = "secret";
    public static final String ROOT = "AKIAROOT";

    /** May put into the namespace Mine. */
    public static final String WRITER = "AKIAWRITER";

    /** May get metrics' data. */
    public static final String READER = "AKIAREADER";

    private final ConfigurableApplicationContext context;

    public MetricsServer(String... properties) {
        context = new SpringApplicationBuilder(App.class)
                .web(WebApplicationType.SERVLET)
                .properties(Stream.concat(
                                Stream.of(
                                        "server.port=0",
                                        "server.address=127.0.0.1",
                                        "spring.main.banner-mode=off",
                                        "management.endpoints.web.exposure.include=health,prometheus"),
                                Stream.of(properties))
                        .toArray(String[]::new))
                .run();
    }

    public int port() {
        return Objects.requireNonNull(((WebServerApplicationContext) context).getWebServer())
                .getPort();
    }

    public URI uri(String path) {
        return URI.create("http://127.0.0.1:" + port() + path);
    }

    public CloudWatchClient client(String accessKey) {
        return CloudWatchClient.builder()
                .endpointOverride(uri(""))
                .region(Region.US_EAST_1)
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create(accessKey, SECRET)))
                .httpClientBuilder(ApacheHttpClient.builder())
                .overrideConfiguration(configuration -> configuration.retryStrategy(retry -> retry.maxAttempts(1)))
                .build();
    }

    public <T> T bean(Class<T> type) {
        return context.getBean(type);
    }

    @Override
    public void close() {
        context.close();
    }

    /** The configuration is imported twice, as by two services of one process. */
    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    @Import({AwsProtocolConfiguration.class, MetricsConfiguration.class, Again.class})
    static class App {

        @Bean
        SigningKeys signingKeys() {
            return (keyId, token, date, region, service) -> caller(keyId)
                    .flatMap(caller -> new RootSigningKeys(keyId, SECRET, ACCOUNT)
                            .find(keyId, token, date, region, service)
                            .map(found -> new SigningKeys.SigningKey(found.key(), caller)));
        }

        @Bean
        BearerTokens bearerTokens() {
            return App::caller;
        }

        private static Optional<Caller> caller(String name) {
            return switch (name) {
                case ROOT -> Optional.of(Caller.root(ACCOUNT));
                case WRITER -> Optional.of(user("""
                        {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "cloudwatch:PutMetricData",
                         "Resource": "*", "Condition": {"StringEquals": {"cloudwatch:namespace": "Mine"}}}]}"""));
                case READER -> Optional.of(user("""
                        {"Version": "2012-10-17", "Statement": [{"Effect": "Allow",
                         "Action": "cloudwatch:GetMetricData", "Resource": "*"}]}"""));
                default -> Optional.empty();
            };
        }

        private static Caller user(String policy) {
            return new Caller(
                    Principal.user("arn:aws:iam::" + ACCOUNT + ":user/u"),
                    "AIDAU",
                    Map.of(),
                    PolicySet.ofIdentity(
                            List.of(new NamedPolicy("policy", PolicyDocument.parse(policy, PolicyKind.IDENTITY)))));
        }
    }

    @Configuration(proxyBeanMethods = false)
    @Import(MetricsConfiguration.class)
    static class Again {}
}
