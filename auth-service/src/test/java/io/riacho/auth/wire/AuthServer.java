package io.riacho.auth.wire;

import io.riacho.auth.AuthApplication;
import io.riacho.postgres.TestPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.util.FileSystemUtils;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.retries.DefaultRetryStrategy;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.iam.model.AccessKey;

/** A running server of identities over a real PostgreSQL, and clients for it. */
final class AuthServer implements AutoCloseable {

    static final String ACCOUNT = "123456789012";
    static final String ALLOW_ALL =
            "{\"Version\":\"2012-10-17\",\"Statement\":{\"Effect\":\"Allow\",\"Action\":\"*\",\"Resource\":\"*\"}}";
    static final String TRUST_ACCOUNT =
            "{\"Version\":\"2012-10-17\",\"Statement\":{\"Effect\":\"Allow\",\"Principal\":{\"AWS\":\"" + ACCOUNT
                    + "\"},\"Action\":\"sts:AssumeRole\"}}";

    static final String ROOT_KEY = "AKIAROOTOFTHETESTS22";
    static final String ROOT_SECRET = "not-a-secret";
    private static final AtomicInteger NAMES = new AtomicInteger();

    private final TestPostgres.Database database;
    private final Path folder;
    private final ConfigurableApplicationContext context;
    private final URI endpoint;
    private final IamClient root;

    AuthServer() {
        this(TestPostgres.newDatabase(), temporaryFolder());
    }

    private AuthServer(TestPostgres.Database database, Path folder) {
        this.database = database;
        this.folder = folder;
        SpringApplication application = new SpringApplication(AuthApplication.class);
        context = application.run(
                "--spring.config.name=auth-service",
                "--server.port=0",
                "--riacho.data=" + folder,
                "--riacho.account-id=" + ACCOUNT,
                "--riacho.region=eu-central-1",
                "--RIACHO_ROOT_ACCESS_KEY_ID=" + ROOT_KEY,
                "--RIACHO_ROOT_SECRET_ACCESS_KEY=" + ROOT_SECRET,
                "--spring.datasource.url=" + database.url(),
                "--spring.datasource.username=" + database.user(),
                "--spring.datasource.password=" + database.password());
        endpoint = URI.create("http://127.0.0.1:" + context.getEnvironment().getProperty("local.server.port"));
        root = client(AwsBasicCredentials.create(ROOT_KEY, ROOT_SECRET));
    }

    /** The server that tests share. */
    static AuthServer shared() {
        return Shared.SERVER;
    }

    /** Another process, as far as memory is concerned, over the same database and root key. */
    AuthServer twin() {
        return new AuthServer(database, folder);
    }

    IamClient root() {
        return root;
    }

    TestPostgres.Database database() {
        return database;
    }

    Path folder() {
        return folder;
    }

    <T> T bean(Class<T> type) {
        return context.getBean(type);
    }

    IamClient client(AwsCredentials credentials) {
        return IamClient.builder()
                .endpointOverride(endpoint)
                .region(Region.US_EAST_1)
                .credentialsProvider(StaticCredentialsProvider.create(credentials))
                .httpClient(UrlConnectionHttpClient.create())
                .overrideConfiguration(configuration -> configuration.retryStrategy(DefaultRetryStrategy.doNotRetry()))
                .build();
    }

    IamClient client(AccessKey key) {
        return client(AwsBasicCredentials.create(key.accessKeyId(), key.secretAccessKey()));
    }

    /** Makes a user; gives its name. */
    String newUser() {
        String name = newName("user");
        root.createUser(request -> request.userName(name));
        return name;
    }

    AccessKey newKey(String user) {
        return root.createAccessKey(request -> request.userName(user)).accessKey();
    }

    /** A client of a new user that has this one policy. */
    IamClient clientWith(String policy) {
        String user = newUser();
        root.putUserPolicy(request -> request.userName(user).policyName("given").policyDocument(policy));
        return client(newKey(user));
    }

    String newGroup() {
        String name = newName("group");
        root.createGroup(request -> request.groupName(name));
        return name;
    }

    String newRole() {
        String name = newName("role");
        root.createRole(request -> request.roleName(name).assumeRolePolicyDocument(TRUST_ACCOUNT));
        return name;
    }

    /** Makes a managed policy that allows one action on everything; gives its ARN. */
    String newPolicy(String action) {
        String name = newName("policy");
        return root.createPolicy(request -> request.policyName(name).policyDocument(allow(action, "*")))
                .policy()
                .arn();
    }

    static String newName(String kind) {
        return kind + '-' + NAMES.incrementAndGet();
    }

    static String allow(String action, String resource) {
        return statement("Allow", action, resource);
    }

    static String deny(String action, String resource) {
        return statement("Deny", action, resource);
    }

    private static String statement(String effect, String action, String resource) {
        return "{\"Version\":\"2012-10-17\",\"Statement\":{\"Effect\":\"" + effect + "\",\"Action\":\"" + action
                + "\",\"Resource\":\"" + resource + "\"}}";
    }

    static String arn(String resource) {
        return "arn:aws:iam::" + ACCOUNT + ":" + resource;
    }

    @Override
    public void close() {
        context.close();
    }

    private static Path temporaryFolder() {
        try {
            Path folder = Files.createTempDirectory("riacho-auth");
            Runtime.getRuntime().addShutdownHook(new Thread(() -> FileSystemUtils.deleteRecursively(folder.toFile())));
            return folder;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static final class Shared {
        static final AuthServer SERVER = new AuthServer();

        static {
            Runtime.getRuntime().addShutdownHook(new Thread(SERVER::close));
        }
    }
}
