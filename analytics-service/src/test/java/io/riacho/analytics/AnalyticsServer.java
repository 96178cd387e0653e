package io.riacho.analytics;

import io.riacho.analytics.job.CodeException;
import io.riacho.analytics.job.JobSpecification;
import io.riacho.analytics.job.MemoryJobs;
import io.riacho.analytics.sql.ApplicationCode;
import io.riacho.analytics.sql.ApplicationCompiler;
import io.riacho.analytics.sql.JobSettings;
import io.riacho.postgres.TestPostgres;
import io.riacho.protocol.role.RoleCredentials;
import io.riacho.protocol.role.RoleException;
import io.riacho.protocol.role.ServiceRoles;
import io.riacho.streams.StreamsConfiguration;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.apache.ApacheHttpClient;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.kinesis.KinesisClient;
import software.amazon.awssdk.services.kinesis.model.StreamStatus;
import software.amazon.awssdk.services.kinesisanalytics.KinesisAnalyticsClient;
import software.amazon.awssdk.services.kinesisanalyticsv2.KinesisAnalyticsV2Client;

/** A running service over a real PostgreSQL, whose jobs are in memory, and clients of it. */
public final class AnalyticsServer implements AutoCloseable {

    public static final String ACCOUNT = "123456789012";
    public static final String REGION = "eu-central-1";
    public static final String ROLE = "arn:aws:iam::" + ACCOUNT + ":role/analyst";
    public static final String STREAM = "arn:aws:kinesis:" + REGION + ":" + ACCOUNT + ":stream/ticks";

    public static final String POLL_INTERVAL = "--riacho.analytics.poll-interval=";

    private static final AtomicInteger NAMES = new AtomicInteger();

    private final TestUsers users = new TestUsers();
    private final MemoryJobs jobs;
    private final ConfigurableApplicationContext context;
    private final URI endpoint;
    private final KinesisAnalyticsClient first;
    private final KinesisAnalyticsV2Client second;
    private final HttpClient http = HttpClient.newHttpClient();

    public AnalyticsServer(TestPostgres.Database database, Path folder, MemoryJobs jobs, String... properties) {
        this(List.of(Application.class), database, folder, jobs, properties);
    }

    /** @param sources what runs: {@link Application}, and what else the same process has */
    public AnalyticsServer(
            List<Class<?>> sources,
            TestPostgres.Database database,
            Path folder,
            MemoryJobs jobs,
            String... properties) {
        this.jobs = jobs;
        SpringApplication application = new SpringApplication(sources.toArray(Class<?>[]::new));
        application.addInitializers(started -> {
            started.getBeanFactory().registerSingleton("testUsers", users);
            started.getBeanFactory().registerSingleton("testJobs", jobs);
        });
        List<String> all = new java.util.ArrayList<>(List.of(
                "--server.port=0",
                "--server.address=127.0.0.1",
                "--spring.main.banner-mode=off",
                "--riacho.account-id=" + ACCOUNT,
                "--riacho.region=" + REGION,
                "--riacho.data=" + folder,
                "--riacho.analytics.folder=" + folder,
                "--riacho.analytics.lease-duration=2s",
                "--riacho.analytics.flink.connectors=kinesis,blackhole,datagen",
                "--spring.datasource.url=" + database.url(),
                "--spring.datasource.username=" + database.user(),
                "--spring.datasource.password=" + database.password()));
        if (Stream.of(properties).noneMatch(property -> property.startsWith(POLL_INTERVAL))) {
            all.add(POLL_INTERVAL + "50ms");
        }
        all.addAll(List.of(properties));
        context = application.run(all.toArray(String[]::new));
        endpoint = URI.create("http://127.0.0.1:" + context.getEnvironment().getProperty("local.server.port"));
        first = first(users.root());
        second = second(users.root());
    }

    /** The server that tests share. */
    public static AnalyticsServer shared() {
        return Shared.SERVER;
    }

    public static Path newFolder() {
        try {
            return Files.createTempDirectory(Files.createDirectories(Path.of("target", "analytics")), "folder");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static String newName() {
        return "app-" + NAMES.incrementAndGet();
    }

    public static String arn(String name) {
        return "arn:aws:kinesisanalytics:" + REGION + ":" + ACCOUNT + ":application/" + name;
    }

    public TestUsers users() {
        return users;
    }

    public MemoryJobs jobs() {
        return jobs;
    }

    public URI endpoint() {
        return endpoint;
    }

    public <T> T bean(Class<T> type) {
        return context.getBean(type);
    }

    /** Root's client of the API of 2015. */
    public KinesisAnalyticsClient first() {
        return first;
    }

    /** Root's client of the API of 2018. */
    public KinesisAnalyticsV2Client second() {
        return second;
    }

    public KinesisAnalyticsClient first(AwsBasicCredentials credentials) {
        return KinesisAnalyticsClient.builder()
                .endpointOverride(endpoint)
                .region(Region.of(REGION))
                .credentialsProvider(StaticCredentialsProvider.create(credentials))
                .httpClient(ApacheHttpClient.create())
                .overrideConfiguration(config -> config.retryStrategy(retry -> retry.maxAttempts(1)))
                .build();
    }

    public KinesisAnalyticsV2Client second(AwsBasicCredentials credentials) {
        return KinesisAnalyticsV2Client.builder()
                .endpointOverride(endpoint)
                .region(Region.of(REGION))
                .credentialsProvider(StaticCredentialsProvider.create(credentials))
                .httpClient(ApacheHttpClient.create())
                .overrideConfiguration(config -> config.retryStrategy(retry -> retry.maxAttempts(1)))
                .build();
    }

    /** A request of the REST API, signed. */
    public HttpRequest get(AwsBasicCredentials credentials, String path) {
        return signed(credentials, SdkHttpMethod.GET, path, null);
    }

    /** The same, with text as its body. */
    public HttpRequest post(AwsBasicCredentials credentials, String path, String text) {
        return signed(credentials, SdkHttpMethod.POST, path, text);
    }

    private HttpRequest signed(
            AwsBasicCredentials credentials, SdkHttpMethod method, String path, @Nullable String text) {
        URI uri = endpoint.resolve(path);
        byte[] body = text == null ? new byte[0] : text.getBytes(StandardCharsets.UTF_8);
        SdkHttpRequest.Builder described =
                SdkHttpRequest.builder().method(method).uri(uri);
        if (text != null) {
            described.putHeader("Content-Type", "text/plain");
        }
        SdkHttpRequest unsigned = described.build();
        SdkHttpRequest signed = AwsV4HttpSigner.create()
                .sign(sign -> sign.identity(credentials)
                        .request(unsigned)
                        .payload(() -> new ByteArrayInputStream(body))
                        .putProperty(AwsV4HttpSigner.SERVICE_SIGNING_NAME, "kinesisanalytics")
                        .putProperty(AwsV4HttpSigner.REGION_NAME, REGION))
                .request();
        HttpRequest.Builder request = HttpRequest.newBuilder(uri).version(HttpClient.Version.HTTP_1_1);
        signed.forEachHeader((name, values) -> {
            if (!name.equalsIgnoreCase("Host") && !name.equalsIgnoreCase("Content-Length")) {
                values.forEach(value -> request.header(name, value));
            }
        });
        return request.method(
                        method.name(),
                        text == null
                                ? HttpRequest.BodyPublishers.noBody()
                                : HttpRequest.BodyPublishers.ofByteArray(body))
                .build();
    }

    public HttpClient http() {
        return http;
    }

    public String status(String name) {
        return second.describeApplication(request -> request.applicationName(name))
                .applicationDetail()
                .applicationStatusAsString();
    }

    public void awaitStatus(String name, String status) {
        await(() -> status(name).equals(status), name + " is " + status);
    }

    public static void await(Supplier<Boolean> condition, String what) {
        long end = System.nanoTime() + Duration.ofSeconds(60).toNanos();
        while (!condition.get()) {
            if (System.nanoTime() > end) {
                throw new AssertionError("Waited in vain until " + what);
            }
            try {
                Thread.sleep(10);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    @Override
    public void close() {
        context.close();
    }

    /** One that tests share whose process has Kinesis Data Streams, too. Root's client of those is {@link #kinesis}. */
    public static AnalyticsServer withStreams() {
        return WithStreams.SERVER;
    }

    public KinesisClient kinesis() {
        return KinesisClient.builder()
                .endpointOverride(endpoint)
                .region(Region.of(REGION))
                .credentialsProvider(StaticCredentialsProvider.create(users.root()))
                .httpClient(ApacheHttpClient.create())
                .build();
    }

    /** Makes an active stream. The SDK's own waiter would look for it once in ten seconds. */
    public static void makeStream(KinesisClient kinesis, String stream, int shards) {
        kinesis.createStream(request -> request.streamName(stream).shardCount(shards));
        await(
                () -> kinesis.describeStreamSummary(request -> request.streamName(stream))
                                .streamDescriptionSummary()
                                .streamStatus()
                        == StreamStatus.ACTIVE,
                stream + " is active");
    }

    private static final class WithStreams {
        static final AnalyticsServer SERVER = new AnalyticsServer(
                List.of(Application.class, Streams.class),
                TestPostgres.newDatabase(),
                newFolder().toAbsolutePath(),
                new MemoryJobs(),
                "--riacho.streams.folder=" + newFolder().toAbsolutePath(),
                "--riacho.streams.transition=1ms",
                "--spring.jpa.open-in-view=false",
                "--spring.jpa.hibernate.ddl-auto=none",
                "--riacho.analytics.discovery-patience=3s");
    }

    @Configuration(proxyBeanMethods = false)
    @Import(StreamsConfiguration.class)
    static class Streams {}

    private static final class Shared {
        static final AnalyticsServer SERVER = new AnalyticsServer(
                TestPostgres.newDatabase(), newFolder(), new MemoryJobs(), "--riacho.analytics.max-applications=1000");
    }

    @SpringBootConfiguration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    @Import(AnalyticsConfiguration.class)
    public static class Application {

        /** Takes all code for one INSERT, but code that begins with NONSENSE. */
        @Bean
        ApplicationCompiler dialect(JobSettings settings) {
            return new ApplicationCompiler() {
                @Override
                public void checkSyntax(String code) {
                    if (code.startsWith("NONSENSE")) {
                        throw new CodeException("NONSENSE is no statement", 1, 1);
                    }
                }

                @Override
                public JobSpecification compile(ApplicationCode code) {
                    checkSyntax(code.code());
                    Map<String, String> all = new HashMap<>(settings.of(code));
                    code.starts()
                            .forEach((input, start) -> all.put(
                                    "start." + input,
                                    start.from() == null ? "all" : start.from().toString()));
                    return new JobSpecification(
                            code.run(),
                            code.application(),
                            List.of(),
                            List.of(code.code()),
                            Map.of("DESTINATION_SQL_STREAM", "v"),
                            all,
                            code.parallelism(),
                            code.checkpointInterval());
                }
            };
        }

        /** Knows every role but those called stranger. */
        @Bean
        ServiceRoles testRoles() {
            return (role, session) -> {
                if (role.endsWith("/stranger")) {
                    throw new RoleException(
                            RoleException.Reason.DENIED, role + " does not trust " + session.principal());
                }
                String key = "ASIA" + role.substring(role.lastIndexOf('/') + 1);
                return new RoleCredentials(
                        key,
                        "secret of " + key,
                        session.sourceArn(),
                        Instant.now().plus(Duration.ofHours(1)));
            };
        }
    }
}
