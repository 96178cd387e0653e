package io.riacho.auth.token;

import io.riacho.auth.AuthApplication;
import io.riacho.postgres.TestPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.util.FileSystemUtils;
import software.amazon.awssdk.auth.credentials.AnonymousCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.identity.spi.AwsCredentialsIdentity;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.retries.DefaultRetryStrategy;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.iam.model.AccessKey;
import software.amazon.awssdk.services.sts.StsClient;
import software.amazon.awssdk.services.sts.model.Credentials;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A running server over a real PostgreSQL, and clients for its tokens. */
final class TokenServer implements AutoCloseable {

    static final String ACCOUNT = "123456789012";
    static final String ISSUER = "https://auth.riacho.example";

    static final String CONSOLE = "http://localhost:4570";

    private static final AtomicInteger NAMES = new AtomicInteger();
    private static final JsonMapper JSON = JsonMapper.shared();
    static final AwsCredentials ROOT = AwsBasicCredentials.create("AKIAROOTOFTHETESTS22", "not-a-secret");

    private final TestPostgres.Database database;
    private final Path folder;
    private final HttpClient http = HttpClient.newHttpClient();
    private final ConfigurableApplicationContext context;
    private final URI endpoint;
    private final IamClient iam;

    TokenServer(String... properties) {
        this(TestPostgres.newDatabase(), temporaryFolder(), _ -> {}, properties);
    }

    /** @param beans more of them */
    TokenServer(Consumer<GenericApplicationContext> beans) {
        this(TestPostgres.newDatabase(), temporaryFolder(), beans);
    }

    private TokenServer(
            TestPostgres.Database database,
            Path folder,
            Consumer<GenericApplicationContext> beans,
            String... properties) {
        this.database = database;
        this.folder = folder;
        List<String> arguments = new ArrayList<>(List.of(properties));
        arguments.addAll(arguments(database, folder));
        arguments.add("--server.port=0");
        SpringApplication application = new SpringApplication(AuthApplication.class);
        application.addInitializers(starting -> beans.accept((GenericApplicationContext) starting));
        context = application.run(arguments.toArray(String[]::new));
        endpoint = URI.create("http://127.0.0.1:" + context.getEnvironment().getProperty("local.server.port"));
        iam = iam(endpoint, ROOT);
    }

    /** What a server of these tests is started with, but its port. */
    static List<String> arguments(TestPostgres.Database database, Path folder) {
        return List.of(
                "--spring.config.name=auth-service",
                "--riacho.data=" + folder,
                "--riacho.account-id=" + ACCOUNT,
                "--riacho.auth.issuer=" + ISSUER,
                "--riacho.console.origins=" + CONSOLE,
                "--RIACHO_ROOT_ACCESS_KEY_ID=" + ROOT.accessKeyId(),
                "--RIACHO_ROOT_SECRET_ACCESS_KEY=" + ROOT.secretAccessKey(),
                "--spring.datasource.url=" + database.url(),
                "--spring.datasource.username=" + database.user(),
                "--spring.datasource.password=" + database.password());
    }

    /** Another process, as far as memory is concerned, over the same database and root key. */
    TokenServer twin(String... properties) {
        return new TokenServer(database, folder, _ -> {}, properties);
    }

    static TokenServer shared() {
        return Shared.SERVER;
    }

    URI endpoint() {
        return endpoint;
    }

    TestPostgres.Database database() {
        return database;
    }

    <T> T bean(Class<T> type) {
        return context.getBean(type);
    }

    static String newName(String kind) {
        return kind + "-" + NAMES.incrementAndGet();
    }

    IamClient iam() {
        return iam;
    }

    IamClient iam(AwsCredentials credentials) {
        return iam(endpoint, credentials);
    }

    static IamClient iam(URI endpoint, AwsCredentials credentials) {
        return IamClient.builder()
                .endpointOverride(endpoint)
                .region(Region.US_EAST_1)
                .credentialsProvider(StaticCredentialsProvider.create(credentials))
                .httpClient(UrlConnectionHttpClient.create())
                .overrideConfiguration(c -> c.retryStrategy(DefaultRetryStrategy.doNotRetry()))
                .build();
    }

    StsClient rootSts() {
        return sts(ROOT);
    }

    StsClient sts(AwsCredentials credentials) {
        return sts(StaticCredentialsProvider.create(credentials));
    }

    StsClient sts(Credentials credentials) {
        return sts(session(credentials));
    }

    StsClient anonymousSts() {
        return sts(AnonymousCredentialsProvider.create());
    }

    StsClient sts(AwsCredentialsProvider credentials) {
        return sts(endpoint, credentials);
    }

    static StsClient sts(URI endpoint, AwsCredentialsProvider credentials) {
        return StsClient.builder()
                .endpointOverride(endpoint)
                .region(Region.US_EAST_1)
                .credentialsProvider(credentials)
                .httpClient(UrlConnectionHttpClient.create())
                .overrideConfiguration(c -> c.retryStrategy(DefaultRetryStrategy.doNotRetry()))
                .build();
    }

    static AwsCredentials session(Credentials credentials) {
        return AwsSessionCredentials.create(
                credentials.accessKeyId(), credentials.secretAccessKey(), credentials.sessionToken());
    }

    /** A user with these policy statements. */
    String newUser(String... statements) {
        String name = newName("user");
        iam.createUser(r -> r.userName(name));
        if (statements.length > 0) {
            iam.putUserPolicy(r -> r.userName(name).policyName("own").policyDocument(policy(statements)));
        }
        return name;
    }

    AwsCredentials keyOf(String user) {
        AccessKey key = iam.createAccessKey(r -> r.userName(user)).accessKey();
        return AwsBasicCredentials.create(key.accessKeyId(), key.secretAccessKey());
    }

    /** A role that trusts as this statement says, and may do what the others say; gives its name. */
    String newRole(String trust, String... statements) {
        String name = newName("role");
        iam.createRole(r -> r.roleName(name).assumeRolePolicyDocument(policy(trust)));
        if (statements.length > 0) {
            iam.putRolePolicy(r -> r.roleName(name).policyName("own").policyDocument(policy(statements)));
        }
        return name;
    }

    static String policy(String... statements) {
        return "{\"Version\":\"2012-10-17\",\"Statement\":[" + String.join(",", statements) + "]}";
    }

    static String allow(String action, String resource) {
        return "{\"Effect\":\"Allow\",\"Action\":\"" + action + "\",\"Resource\":\"" + resource + "\"}";
    }

    static String trustUser(String user, String... conditions) {
        return "{\"Effect\":\"Allow\",\"Principal\":{\"AWS\":\"" + userArn(user)
                + "\"},\"Action\":[\"sts:AssumeRole\",\"sts:TagSession\",\"sts:SetSourceIdentity\"]"
                + (conditions.length == 0 ? "" : ",\"Condition\":" + conditions[0]) + "}";
    }

    static String userArn(String user) {
        return "arn:aws:iam::" + ACCOUNT + ":user/" + user;
    }

    static String roleArn(String role) {
        return "arn:aws:iam::" + ACCOUNT + ":role/" + role;
    }

    /** A request of the REST API, signed by the root. */
    HttpResponse<String> rest(String method, String path, String body) {
        return restAs(ROOT, method, path, body);
    }

    HttpResponse<String> restAs(AwsCredentials key, String method, String path, String body) {
        return restAs(http, endpoint, key, method, path, body);
    }

    static HttpResponse<String> restAs(
            HttpClient http, URI endpoint, AwsCredentials key, String method, String path, String body) {
        SdkHttpRequest unsigned = SdkHttpRequest.builder()
                .method(SdkHttpMethod.fromValue(method))
                .uri(endpoint.resolve(path))
                .putHeader("Content-Type", "application/json")
                .build();
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        SdkHttpRequest signed = AwsV4HttpSigner.create()
                .sign(s -> s.identity(AwsCredentialsIdentity.create(key.accessKeyId(), key.secretAccessKey()))
                        .request(unsigned)
                        .payload(() -> new java.io.ByteArrayInputStream(bytes))
                        .putProperty(AwsV4HttpSigner.SERVICE_SIGNING_NAME, "riacho")
                        .putProperty(AwsV4HttpSigner.REGION_NAME, "us-east-1"))
                .request();
        HttpRequest.Builder request = HttpRequest.newBuilder(endpoint.resolve(path))
                .method(
                        method,
                        bytes.length == 0
                                ? HttpRequest.BodyPublishers.noBody()
                                : HttpRequest.BodyPublishers.ofByteArray(bytes));
        signed.forEachHeader((name, values) -> {
            if (!name.equalsIgnoreCase("Host") && !name.equalsIgnoreCase("Content-Length")) {
                values.forEach(value -> request.header(name, value));
            }
        });
        return send(http, request);
    }

    HttpResponse<String> get(String path, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(endpoint.resolve(path));
        for (int i = 0; i < headers.length; i += 2) {
            request.header(headers[i], headers[i + 1]);
        }
        return send(request);
    }

    /** A form; what is in {@code headers} comes in pairs. */
    HttpResponse<String> post(String path, String form, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(endpoint.resolve(path))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(form));
        for (int i = 0; i < headers.length; i += 2) {
            request.header(headers[i], headers[i + 1]);
        }
        return send(request);
    }

    HttpResponse<String> postJson(String path, String body, String token) {
        return send(HttpRequest.newBuilder(endpoint.resolve(path))
                .header("Content-Type", "application/json")
                .header("Authorization", "Bearer " + token)
                .POST(HttpRequest.BodyPublishers.ofString(body)));
    }

    static String basic(String id, String secret) {
        return "Basic " + Base64.getEncoder().encodeToString((id + ":" + secret).getBytes(StandardCharsets.UTF_8));
    }

    static String form(String... members) {
        StringBuilder form = new StringBuilder();
        for (int i = 0; i < members.length; i += 2) {
            form.append(i == 0 ? "" : "&")
                    .append(members[i])
                    .append('=')
                    .append(URLEncoder.encode(members[i + 1], StandardCharsets.UTF_8));
        }
        return form.toString();
    }

    /** Who the server says that the bearer of the token is; the status where it says nothing. */
    String whoIs(String token) {
        HttpResponse<String> answer = post(
                "/", form("Action", "GetCallerIdentity", "Version", "2011-06-15"), "Authorization", "Bearer " + token);
        if (answer.statusCode() != 200) {
            return String.valueOf(answer.statusCode());
        }
        String body = answer.body();
        return body.substring(body.indexOf("<Arn>") + 5, body.indexOf("</Arn>"));
    }

    static JsonNode json(HttpResponse<String> answer) {
        return JSON.readTree(answer.body());
    }

    private HttpResponse<String> send(HttpRequest.Builder request) {
        return send(http, request);
    }

    private static HttpResponse<String> send(HttpClient http, HttpRequest.Builder request) {
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
        context.close();
    }

    private static Path temporaryFolder() {
        try {
            Path folder = Files.createTempDirectory("riacho-tokens");
            Runtime.getRuntime().addShutdownHook(new Thread(() -> FileSystemUtils.deleteRecursively(folder.toFile())));
            return folder;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static final class Shared {
        static final TokenServer SERVER = new TokenServer();
    }
}
