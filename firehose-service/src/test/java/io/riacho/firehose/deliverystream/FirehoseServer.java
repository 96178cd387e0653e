package io.riacho.firehose.deliverystream;

import io.riacho.firehose.DeliveryStreamConfiguration;
import io.riacho.firehose.destination.DestinationType;
import io.riacho.firehose.destination.s3.PrefixCheck;
import io.riacho.firehose.destination.s3.S3Destinations;
import io.riacho.policy.NamedPolicy;
import io.riacho.policy.PolicyDocument;
import io.riacho.policy.PolicyKind;
import io.riacho.postgres.TestPostgres;
import io.riacho.protocol.key.DataKey;
import io.riacho.protocol.key.KeyDescription;
import io.riacho.protocol.key.KeyException;
import io.riacho.protocol.key.KeyService;
import io.riacho.protocol.server.AwsProtocolConfiguration;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.apache.ApacheHttpClient;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.firehose.FirehoseClient;
import software.amazon.awssdk.services.firehose.model.DeliveryStreamDescription;
import software.amazon.awssdk.services.firehose.model.DeliveryStreamType;
import software.amazon.awssdk.services.firehose.model.ExtendedS3DestinationConfiguration;
import software.amazon.awssdk.services.firehose.model.HttpEndpointDestinationConfiguration;
import software.amazon.awssdk.services.firehose.model.RedshiftDestinationConfiguration;
import software.amazon.awssdk.services.firehose.model.SplunkDestinationConfiguration;

/** A running control plane over a real PostgreSQL, and clients of it. */
final class FirehoseServer implements AutoCloseable {

    static final String ACCOUNT = "123456789012";
    static final String REGION = "eu-central-1";
    static final String ROLE = "arn:aws:iam::" + ACCOUNT + ":role/deliverer";
    static final String BUCKET = "arn:aws:s3:::lake";
    static final String KEY = "arn:aws:kms:" + REGION + ":" + ACCOUNT + ":key/one";
    static final String DISABLED_KEY = "arn:aws:kms:" + REGION + ":" + ACCOUNT + ":key/disabled";

    private static final AtomicInteger NAMES = new AtomicInteger();

    private final TestUsers users = new TestUsers();
    private final TestListener listener;
    private final Path folder;
    private final HttpClient http = HttpClient.newHttpClient();
    private final ConfigurableApplicationContext context;
    private final URI endpoint;
    private final FirehoseClient client;

    FirehoseServer(TestPostgres.Database database, Path folder, TestListener listener, String... properties) {
        this.listener = listener;
        this.folder = folder;
        SpringApplication application = new SpringApplication(Application.class);
        application.addInitializers(started -> {
            started.getBeanFactory().registerSingleton("testUsers", users);
            started.getBeanFactory().registerSingleton("testListener", listener);
        });
        String[] all = new String[properties.length + 11];
        System.arraycopy(
                new String[] {
                    "--server.port=0",
                    "--server.address=127.0.0.1",
                    "--spring.main.banner-mode=off",
                    "--riacho.account-id=" + ACCOUNT,
                    "--riacho.region=" + REGION,
                    "--riacho.firehose.folder=" + folder,
                    "--riacho.firehose.poll-interval=200ms",
                    "--riacho.firehose.takeover=1s",
                    "--spring.datasource.url=" + database.url(),
                    "--spring.datasource.username=" + database.user(),
                    "--spring.datasource.password=" + database.password()
                },
                0,
                all,
                0,
                11);
        System.arraycopy(properties, 0, all, 11, properties.length);
        context = application.run(all);
        endpoint = URI.create("http://127.0.0.1:" + context.getEnvironment().getProperty("local.server.port"));
        client = client(users.root());
    }

    /** The server that tests share. */
    static FirehoseServer shared() {
        return Shared.SERVER;
    }

    static Path newFolder() {
        try {
            return Files.createTempDirectory(Files.createDirectories(Path.of("target", "firehose")), "folder");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static String newName() {
        return "stream-" + NAMES.incrementAndGet();
    }

    static String arn(String name) {
        return "arn:aws:firehose:" + REGION + ":" + ACCOUNT + ":deliverystream/" + name;
    }

    static ExtendedS3DestinationConfiguration bucket() {
        return ExtendedS3DestinationConfiguration.builder()
                .roleARN(ROLE)
                .bucketARN(BUCKET)
                .build();
    }

    TestUsers users() {
        return users;
    }

    TestListener listener() {
        return listener;
    }

    Path folder() {
        return folder;
    }

    DeliveryStreams streams() {
        return context.getBean(DeliveryStreams.class);
    }

    /** Root's. */
    FirehoseClient client() {
        return client;
    }

    FirehoseClient client(AwsBasicCredentials credentials) {
        return FirehoseClient.builder()
                .endpointOverride(endpoint)
                .region(Region.of(REGION))
                .credentialsProvider(StaticCredentialsProvider.create(credentials))
                .httpClient(ApacheHttpClient.builder().maxConnections(64).build())
                .overrideConfiguration(config -> config.retryStrategy(retry -> retry.maxAttempts(1)))
                .build();
    }

    /** An ACTIVE delivery stream to a bucket. */
    String activeStream() {
        String name = newName();
        client.createDeliveryStream(
                request -> request.deliveryStreamName(name).extendedS3DestinationConfiguration(bucket()));
        DeliveryStream unused = listener.awaitActive(name);
        return name;
    }

    DeliveryStreamDescription describe(String name) {
        return client.describeDeliveryStream(request -> request.deliveryStreamName(name))
                .deliveryStreamDescription();
    }

    /** Sends the request as it is, signed by root. */
    HttpResponse<String> send(String operation, String body) {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        SdkHttpRequest unsigned = SdkHttpRequest.builder()
                .method(SdkHttpMethod.POST)
                .uri(endpoint)
                .putHeader("Content-Type", "application/x-amz-json-1.1")
                .putHeader("X-Amz-Target", "Firehose_20150804." + operation)
                .build();
        SdkHttpRequest signed = AwsV4HttpSigner.create()
                .sign(sign -> sign.identity(users.root())
                        .request(unsigned)
                        .payload(() -> new ByteArrayInputStream(bytes))
                        .putProperty(AwsV4HttpSigner.SERVICE_SIGNING_NAME, "firehose")
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

    @Override
    public void close() {
        client.close();
        context.close();
    }

    private static final class Shared {
        static final FirehoseServer SERVER =
                new FirehoseServer(TestPostgres.newDatabase(), newFolder(), new TestListener());
    }

    /** Two keys, which the account's IAM policies decide about. */
    private record TestKeys() implements KeyService {

        @Override
        public KeyDescription describe(String keyId) {
            if (!keyId.equals(KEY) && !keyId.equals(DISABLED_KEY)) {
                throw new KeyException(KeyException.Reason.NOT_FOUND, "Key '" + keyId + "' does not exist");
            }
            String policy = """
                    {"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"AWS":"arn:aws:iam::%s:root"},
                     "Action":"kms:*","Resource":"*"}]}""".formatted(ACCOUNT);
            return new KeyDescription(
                    keyId,
                    ACCOUNT,
                    keyId.equals(KEY) ? "Enabled" : "Disabled",
                    new NamedPolicy("default", PolicyDocument.parse(policy, PolicyKind.RESOURCE)));
        }

        @Override
        public DataKey generateDataKey(String keyId, Map<String, String> context) {
            throw new UnsupportedOperationException();
        }

        @Override
        public byte[] unwrap(byte[] wrapped, Map<String, String> context) {
            throw new UnsupportedOperationException();
        }
    }

    @SpringBootConfiguration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    @Import({AwsProtocolConfiguration.class, DeliveryStreamConfiguration.class})
    static class Application {

        @Bean
        KeyService testKeys() {
            return new TestKeys();
        }

        @Bean
        PrefixCheck prefixCheck() {
            return (_, _, _, _) -> {};
        }

        @Bean
        S3Destinations s3Destinations() {
            return (_, _) -> {
                throw new UnsupportedOperationException("nothing is delivered here");
            };
        }

        @Bean
        SourceCheck kinesisSource() {
            return new AnySource(DeliveryStreamType.KINESIS_STREAM_AS_SOURCE);
        }

        @Bean
        SourceCheck kafkaSource() {
            return new AnySource(DeliveryStreamType.MSK_AS_SOURCE);
        }

        @Bean
        DestinationType<?> splunk() {
            return new PlainType<>(SplunkDestinationConfiguration.class);
        }

        @Bean
        DestinationType<?> httpEndpoint() {
            return new PlainType<>(HttpEndpointDestinationConfiguration.class);
        }

        @Bean
        DestinationType<?> redshift() {
            return new PlainType<>(RedshiftDestinationConfiguration.class);
        }
    }

    private record AnySource(DeliveryStreamType type) implements SourceCheck {
        @Override
        public void check(Source source) {}
    }
}
