package io.riacho.auth.kms;

import com.zaxxer.hikari.HikariDataSource;
import io.riacho.auth.AuthConfiguration;
import io.riacho.auth.TestClock;
import io.riacho.postgres.TestPostgres;
import io.riacho.protocol.SigningKeys;
import io.riacho.protocol.key.KeyService;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.Primary;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.util.FileSystemUtils;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.kms.KmsClient;

/** A running auth-service over a real PostgreSQL, and real clients of it. */
public final class KmsServer {

    public static final String REGION = "eu-central-1";

    private static final AtomicInteger NAMES = new AtomicInteger();

    private final TestPrincipals principals = new TestPrincipals();
    private final TestClock clock = new TestClock();
    private final Path folder;
    private final ConfigurableApplicationContext context;
    private final URI endpoint;
    private final KmsClient root;

    KmsServer(String... properties) {
        folder = temporaryFolder();
        TestPostgres.Database database = TestPostgres.newDatabase();
        List<String> arguments = new ArrayList<>(List.of(
                "--spring.config.name=auth-service",
                "--server.port=0",
                "--riacho.data=" + folder,
                "--riacho.account-id=" + TestPrincipals.ACCOUNT,
                "--riacho.region=" + REGION,
                "--spring.datasource.url=" + database.url(),
                "--spring.datasource.username=" + database.user(),
                "--spring.datasource.password=" + database.password(),
                "--riacho.auth.kms.sweep-interval=1h"));
        arguments.addAll(List.of(properties));
        SpringApplication application = new SpringApplication(Application.class);
        application.addInitializers(starting -> {
            starting.getBeanFactory().registerSingleton("testClock", (InstantSource) clock);
            starting.getBeanFactory().registerSingleton("testPrincipals", principals);
        });
        context = application.run(arguments.toArray(String[]::new));
        endpoint = URI.create("http://127.0.0.1:" + context.getEnvironment().getProperty("local.server.port"));
        root = client(TestPrincipals.ROOT);
        Runtime.getRuntime().addShutdownHook(new Thread(this::stop));
    }

    /** The server that tests share. */
    public static KmsServer shared() {
        return Shared.SERVER;
    }

    URI endpoint() {
        return endpoint;
    }

    Path folder() {
        return folder;
    }

    TestPrincipals principals() {
        return principals;
    }

    /** The account's own client. */
    public KmsClient root() {
        return root;
    }

    /** A client of a caller that {@link #principals} knows. */
    KmsClient client(String name) {
        return KmsClient.builder()
                .endpointOverride(endpoint)
                .region(Region.of(REGION))
                .credentialsProvider(
                        StaticCredentialsProvider.create(AwsBasicCredentials.create(name, TestPrincipals.SECRET)))
                .httpClient(UrlConnectionHttpClient.create())
                .build();
    }

    /** A client of a new user whose only policy has these statements. */
    KmsClient user(String name, String statements) {
        principals.addUser(name, statements);
        return client(name);
    }

    KeyService keyService() {
        return context.getBean(KeyService.class);
    }

    /** Lets time pass, and the server do what is due then. */
    void moveOn(Duration time) {
        clock.moveOn(time);
        context.getBean(Kms.class).sweep().run();
    }

    JdbcClient jdbc() {
        return JdbcClient.create(context.getBean(HikariDataSource.class));
    }

    /** The id of a new key. */
    public String newKey() {
        return root.createKey(_ -> {}).keyMetadata().keyId();
    }

    static String arn(String keyId) {
        return "arn:aws:kms:" + REGION + ":" + TestPrincipals.ACCOUNT + ":key/" + keyId;
    }

    static String aliasArn(String alias) {
        return "arn:aws:kms:" + REGION + ":" + TestPrincipals.ACCOUNT + ":" + alias;
    }

    /** A name that no other test uses. */
    static String newName() {
        return "name-" + NAMES.incrementAndGet();
    }

    void stop() {
        context.close();
        FileSystemUtils.deleteRecursively(folder.toFile());
    }

    private static Path temporaryFolder() {
        try {
            return Files.createTempDirectory("riacho-kms");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static final class Shared {
        static final KmsServer SERVER = new KmsServer();
    }

    @SpringBootConfiguration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    @Import(AuthConfiguration.class)
    static class Application {

        @Bean
        @Primary
        SigningKeys testSigningKeys(TestPrincipals principals) {
            return principals::find;
        }
    }
}
