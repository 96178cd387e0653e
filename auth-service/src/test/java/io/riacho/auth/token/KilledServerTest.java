package io.riacho.auth.token;

import static io.riacho.auth.token.TokenServer.ROOT;
import static io.riacho.auth.token.TokenServer.allow;
import static io.riacho.auth.token.TokenServer.basic;
import static io.riacho.auth.token.TokenServer.form;
import static io.riacho.auth.token.TokenServer.json;
import static io.riacho.auth.token.TokenServer.policy;
import static io.riacho.auth.token.TokenServer.roleArn;
import static io.riacho.auth.token.TokenServer.trustUser;
import static io.riacho.auth.token.TokenServer.userArn;
import static org.assertj.core.api.Assertions.assertThat;

import io.riacho.auth.AuthApplication;
import io.riacho.postgres.TestPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.retries.DefaultRetryStrategy;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.iam.model.AccessKey;
import software.amazon.awssdk.services.iam.model.AccessKeyMetadata;
import software.amazon.awssdk.services.iam.model.AttachedPolicy;
import software.amazon.awssdk.services.kms.KmsClient;
import software.amazon.awssdk.services.kms.model.KeyListEntry;
import software.amazon.awssdk.services.kms.model.KeyState;
import software.amazon.awssdk.services.sts.model.Credentials;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** {@code kill -9} of the server under load, over a PostgreSQL that lives on. */
@Timeout(180)
class KilledServerTest {

    private static final int WORKERS_OF_EACH_KIND = 2;
    private static final int CHANGES_BEFORE_THE_KILL = 120;
    private static final String MADE = "/made/";

    private final TestPostgres.Database database = TestPostgres.newDatabase();
    private final HttpClient http = HttpClient.newHttpClient();

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    private static final String ROLE = "role";

    private final URI endpoint = URI.create("http://127.0.0.1:" + freePort());
    private @Nullable Process server;
    private AwsCredentials caller = ROOT;
    private JsonNode client = JsonMapper.shared().createObjectNode();

    private final CountDownLatch changes = new CountDownLatch(CHANGES_BEFORE_THE_KILL);
    private final Queue<Exception> unexpected = new ConcurrentLinkedQueue<>();
    private final Queue<String> users = new ConcurrentLinkedQueue<>();
    private final Queue<AccessKey> keys = new ConcurrentLinkedQueue<>();
    private final Queue<String> attached = new ConcurrentLinkedQueue<>();
    private final Map<String, SdkBytes> sealed = new ConcurrentHashMap<>();
    private final Queue<String> kmsKeys = new ConcurrentLinkedQueue<>();
    private final Queue<Credentials> sessions = new ConcurrentLinkedQueue<>();
    private final Queue<String> tokens = new ConcurrentLinkedQueue<>();

    private static int freePort() {
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return free.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @AfterEach
    void stop() throws InterruptedException {
        kill();
    }

    private Process launch() throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:TieredStopAtLevel=1",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                AuthApplication.class.getName(),
                "--server.port=" + endpoint.getPort(),
                "--riacho.tls.port=0"));
        command.addAll(TokenServer.arguments(database, folder));
        Process launched = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(
                        folder.resolve("server.log").toFile()))
                .start();
        server = launched;
        return launched;
    }

    private void start() throws Exception {
        Process launched = launch();
        while (!isUp()) {
            assertThat(launched.isAlive()).as(this::log).isTrue();
            launched.waitFor(50, TimeUnit.MILLISECONDS);
        }
    }

    private boolean isUp() throws InterruptedException {
        try {
            return http.send(
                                    HttpRequest.newBuilder(endpoint.resolve("/actuator/health"))
                                            .build(),
                                    HttpResponse.BodyHandlers.discarding())
                            .statusCode()
                    == 200;
        } catch (IOException e) {
            return false;
        }
    }

    private String log() {
        try {
            return Files.readString(folder.resolve("server.log"));
        } catch (IOException e) {
            return e.toString();
        }
    }

    private void kill() throws InterruptedException {
        Process running = server;
        if (running != null) {
            running.toHandle().destroyForcibly();
            running.waitFor();
        }
    }

    private IamClient iam() {
        return TokenServer.iam(endpoint, ROOT);
    }

    private KmsClient kms() {
        return KmsClient.builder()
                .endpointOverride(endpoint)
                .region(Region.US_EAST_1)
                .credentialsProvider(StaticCredentialsProvider.create(ROOT))
                .httpClient(UrlConnectionHttpClient.create())
                .overrideConfiguration(c -> c.retryStrategy(DefaultRetryStrategy.doNotRetry()))
                .build();
    }

    private String whoIs(AwsCredentials credentials) {
        return TokenServer.sts(endpoint, StaticCredentialsProvider.create(credentials))
                .getCallerIdentity()
                .arn();
    }

    private HttpResponse<String> post(String path, String form, String authorization) throws Exception {
        return http.send(
                HttpRequest.newBuilder(endpoint.resolve(path))
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .header("Authorization", authorization)
                        .POST(HttpRequest.BodyPublishers.ofString(form))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    @Test
    void aServerThatIsKilledInItsFirstMomentStartsAgain() throws Exception {
        Process launched = launch();
        while (!Files.exists(folder.resolve("auth").resolve("root-key"))) {
            assertThat(launched.isAlive()).as(this::log).isTrue();
            launched.waitFor(1, TimeUnit.MILLISECONDS);
        }
        kill();

        start();

        iam().createUser(r -> r.userName("ann"));
        AccessKey key = iam().createAccessKey(r -> r.userName("ann")).accessKey();
        assertThat(whoIs(AwsBasicCredentials.create(key.accessKeyId(), key.secretAccessKey())))
                .isEqualTo(userArn("ann"));
    }

    @Test
    void whatWasAcknowledgedIsThereAndWorksAndNothingIsHalfMade() throws Exception {
        start();
        prepare();
        List<Thread> workers = new ArrayList<>();
        for (int i = 0; i < WORKERS_OF_EACH_KIND; i++) {
            String prefix = "made-" + i + "-";
            workers.add(untilTheEnd(n -> makeUser(prefix + n)));
            workers.add(untilTheEnd(n -> makeKmsKey()));
            workers.add(untilTheEnd(n -> assumeRole()));
            workers.add(untilTheEnd(n -> takeToken()));
        }
        changes.await();
        kill();
        for (Thread worker : workers) {
            worker.join();
        }

        start();

        assertThat(unexpected).isEmpty();
        assertThat(users).isNotEmpty();
        assertThat(keys).isNotEmpty();
        assertThat(attached).isNotEmpty();
        assertThat(sealed).isNotEmpty();
        assertThat(sessions).isNotEmpty();
        assertThat(tokens).isNotEmpty();
        verifyUsers();
        verifyKmsKeys();
        for (Credentials session : sessions) {
            assertThat(whoIs(TokenServer.session(session))).endsWith(ROLE + "/session");
        }
        for (String token : tokens) {
            assertThat(json(post(
                                    "/oauth2/introspect",
                                    form("token", token),
                                    basic(
                                            client.path("clientId").asString(),
                                            client.path("clientSecret").asString())))
                            .path("active")
                            .asBoolean())
                    .isTrue();
            assertThat(post("/", form("Action", "GetCallerIdentity", "Version", "2011-06-15"), "Bearer " + token)
                            .statusCode())
                    .isEqualTo(200);
        }
    }

    private void prepare() throws Exception {
        IamClient iam = iam();
        iam.createUser(r -> r.userName("caller"));
        AccessKey key = iam.createAccessKey(r -> r.userName("caller")).accessKey();
        caller = AwsBasicCredentials.create(key.accessKeyId(), key.secretAccessKey());
        iam.createRole(r -> r.roleName(ROLE).assumeRolePolicyDocument(policy(trustUser("caller"))));
        iam.putUserPolicy(r -> r.userName("caller")
                .policyName("own")
                .policyDocument(policy(allow("riacho:*", "*"), allow("iam:CreateAccessKey", "*"))));
        String body = "{\"name\":\"client\",\"principalArn\":\"" + userArn("caller") + "\"}";
        client = json(TokenServer.restAs(http, endpoint, ROOT, "POST", "/v1/oauth-clients", body));
    }

    private interface Work {
        void once(int number) throws Exception;
    }

    private Thread untilTheEnd(Work work) {
        return Thread.startVirtualThread(() -> {
            for (int n = 0; ; n++) {
                try {
                    work.once(n);
                } catch (IOException | SdkClientException e) {
                    return;
                } catch (Exception e) {
                    unexpected.add(e);
                    return;
                }
            }
        });
    }

    private void makeUser(String name) {
        IamClient iam = iam();
        iam.createUser(r -> r.userName(name).path(MADE).tags(t -> t.key("name").value(name)));
        acknowledged(users, name);
        AccessKey key = iam.createAccessKey(r -> r.userName(name)).accessKey();
        acknowledged(keys, key);
        iam.attachUserPolicy(r -> r.userName(name).policyArn("arn:aws:iam::aws:policy/IAMReadOnlyAccess"));
        acknowledged(attached, name);
    }

    private void makeKmsKey() {
        KmsClient kms = kms();
        String id = kms.createKey(r -> r.tags(t -> t.tagKey("made").tagValue("yes")))
                .keyMetadata()
                .keyId();
        acknowledged(kmsKeys, id);
        sealed.put(
                id,
                kms.encrypt(r -> r.keyId(id).plaintext(SdkBytes.fromUtf8String("secret " + id)))
                        .ciphertextBlob());
        changes.countDown();
    }

    private void assumeRole() {
        acknowledged(
                sessions,
                TokenServer.sts(endpoint, StaticCredentialsProvider.create(caller))
                        .assumeRole(r -> r.roleArn(roleArn(ROLE)).roleSessionName("session"))
                        .credentials());
    }

    private void takeToken() throws Exception {
        HttpResponse<String> answer = post(
                "/oauth2/token",
                "grant_type=client_credentials",
                basic(
                        client.path("clientId").asString(),
                        client.path("clientSecret").asString()));
        if (answer.statusCode() == 429) {
            return;
        }
        assertThat(answer.statusCode()).isEqualTo(200);
        acknowledged(tokens, json(answer).path("access_token").asString());
    }

    private <T> void acknowledged(Queue<T> what, T made) {
        what.add(made);
        changes.countDown();
    }

    /** Also those whose answer was lost are whole or not there: each can be told, used up and removed. */
    private void verifyUsers() {
        IamClient iam = iam();
        for (AccessKey key : keys) {
            assertThat(whoIs(AwsBasicCredentials.create(key.accessKeyId(), key.secretAccessKey())))
                    .endsWith("/" + key.userName());
        }
        List<String> found = new ArrayList<>();
        iam.listUsersPaginator(r -> r.pathPrefix(MADE)).users().forEach(user -> {
            String name = user.userName();
            found.add(name);
            assertThat(iam.listUserTags(r -> r.userName(name)).tags())
                    .singleElement()
                    .matches(tag -> tag.value().equals(name));
            List<AccessKeyMetadata> itsKeys =
                    iam.listAccessKeys(r -> r.userName(name)).accessKeyMetadata();
            assertThat(itsKeys)
                    .extracting(AccessKeyMetadata::accessKeyId)
                    .containsAll(keys.stream()
                            .filter(key -> key.userName().equals(name))
                            .map(AccessKey::accessKeyId)
                            .toList());
            assertThat(itsKeys).hasSizeLessThanOrEqualTo(1);
            List<AttachedPolicy> policies =
                    iam.listAttachedUserPolicies(r -> r.userName(name)).attachedPolicies();
            if (attached.contains(name)) {
                assertThat(policies).hasSize(1);
            }
            policies.forEach(
                    policy -> iam.detachUserPolicy(r -> r.userName(name).policyArn(policy.policyArn())));
            itsKeys.forEach(key -> iam.deleteAccessKey(r -> r.userName(name).accessKeyId(key.accessKeyId())));
            iam.deleteUser(r -> r.userName(name));
        });
        assertThat(found).containsAll(users);
    }

    private void verifyKmsKeys() {
        KmsClient kms = kms();
        List<String> found = kms.listKeysPaginator(r -> {}).keys().stream()
                .map(KeyListEntry::keyId)
                .toList();
        assertThat(found).containsAll(kmsKeys);
        for (String id : found) {
            assertThat(kms.describeKey(r -> r.keyId(id)).keyMetadata().keyState())
                    .isEqualTo(KeyState.ENABLED);
            assertThat(kms.getKeyPolicy(r -> r.keyId(id)).policy()).isNotEmpty();
            SdkBytes made = kms.encrypt(r -> r.keyId(id).plaintext(SdkBytes.fromUtf8String("more")))
                    .ciphertextBlob();
            assertThat(kms.decrypt(r -> r.ciphertextBlob(made)).plaintext().asUtf8String())
                    .isEqualTo("more");
        }
        sealed.forEach((id, ciphertext) -> assertThat(kms.decrypt(r -> r.ciphertextBlob(ciphertext))
                        .plaintext()
                        .asUtf8String())
                .isEqualTo("secret " + id));
    }
}
