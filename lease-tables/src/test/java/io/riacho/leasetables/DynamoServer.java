package io.riacho.leasetables;

import io.riacho.leasetables.application.LeaseTables;
import io.riacho.postgres.TestPostgres;
import io.riacho.protocol.server.AwsProtocolConfiguration;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Import;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.apache.ApacheHttpClient;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** A running server of the lease tables over a real PostgreSQL, and clients of it. */
final class DynamoServer {

    static final String ACCOUNT = "123456789012";
    static final String REGION = "eu-central-1";

    private static final AtomicInteger NAMES = new AtomicInteger();

    private final TestUsers users = new TestUsers();
    private final HttpClient http = HttpClient.newHttpClient();
    private final ConfigurableApplicationContext context;
    private final URI endpoint;
    private final DynamoDbAsyncClient asyncClient;

    DynamoServer(TestPostgres.Database database) {
        SpringApplication application = new SpringApplication(Application.class);
        application.addInitializers(started -> started.getBeanFactory().registerSingleton("testUsers", users));
        context = application.run(
                "--server.port=0",
                "--server.address=127.0.0.1",
                "--spring.main.banner-mode=off",
                "--riacho.account-id=" + ACCOUNT,
                "--riacho.region=" + REGION,
                "--spring.datasource.url=" + database.url(),
                "--spring.datasource.username=" + database.user(),
                "--spring.datasource.password=" + database.password());
        endpoint = URI.create("http://127.0.0.1:" + context.getEnvironment().getProperty("local.server.port"));
        asyncClient = DynamoDbAsyncClient.builder()
                .endpointOverride(endpoint)
                .region(Region.of(REGION))
                .credentialsProvider(StaticCredentialsProvider.create(users.root()))
                .build();
    }

    /** The server that tests share. */
    static DynamoServer shared() {
        return Shared.SERVER;
    }

    static String newTable() {
        return "table-" + NAMES.incrementAndGet();
    }

    static String arn(String table) {
        return "arn:aws:dynamodb:" + REGION + ":" + ACCOUNT + ":table/" + table;
    }

    TestUsers users() {
        return users;
    }

    LeaseTables leaseTables() {
        return context.getBean(LeaseTables.class);
    }

    DynamoDbClient client() {
        return client(users.root());
    }

    DynamoDbClient client(AwsBasicCredentials credentials) {
        return DynamoDbClient.builder()
                .endpointOverride(endpoint)
                .region(Region.of(REGION))
                .credentialsProvider(StaticCredentialsProvider.create(credentials))
                .httpClient(ApacheHttpClient.builder().maxConnections(64).build())
                .overrideConfiguration(config -> config.retryStrategy(retry -> retry.maxAttempts(1)))
                .build();
    }

    /** The one that tests share; root's. */
    DynamoDbAsyncClient asyncClient() {
        return asyncClient;
    }

    /** Sends the request as it is, signed by root. */
    HttpResponse<String> send(String operation, String contentType, String body) {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        SdkHttpRequest unsigned = SdkHttpRequest.builder()
                .method(SdkHttpMethod.POST)
                .uri(endpoint)
                .putHeader("Content-Type", contentType)
                .putHeader("X-Amz-Target", "DynamoDB_20120810." + operation)
                .build();
        SdkHttpRequest signed = AwsV4HttpSigner.create()
                .sign(sign -> sign.identity(users.root())
                        .request(unsigned)
                        .payload(() -> new ByteArrayInputStream(bytes))
                        .putProperty(AwsV4HttpSigner.SERVICE_SIGNING_NAME, "dynamodb")
                        .putProperty(AwsV4HttpSigner.REGION_NAME, REGION))
                .request();
        HttpRequest.Builder request = HttpRequest.newBuilder(endpoint)
                .version(HttpClient.Version.HTTP_1_1)
                .POST(HttpRequest.BodyPublishers.ofByteArray(bytes));
        signed.forEachHeader((name, values) -> {
            if (!name.equalsIgnoreCase("Host") && !name.equalsIgnoreCase("Content-Length")) {
                values.forEach(value -> request.header(name, value));
            }
        });
        try {
            return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    HttpResponse<String> send(String operation, String body) {
        return send(operation, "application/x-amz-json-1.0", body);
    }

    private static final class Shared {
        static final DynamoServer SERVER = new DynamoServer(TestPostgres.newDatabase());
    }

    @SpringBootConfiguration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    @Import({AwsProtocolConfiguration.class, LeaseTablesConfiguration.class})
    static class Application {}
}
