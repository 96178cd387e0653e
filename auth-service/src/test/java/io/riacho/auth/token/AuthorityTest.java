package io.riacho.auth.token;

import static io.riacho.auth.token.TokenServer.allow;
import static io.riacho.auth.token.TokenServer.json;
import static io.riacho.auth.token.TokenServer.newName;
import static io.riacho.auth.token.TokenServer.userArn;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.riacho.policy.AuthorizationRequest;
import io.riacho.policy.ConditionContext;
import io.riacho.policy.PolicyEvaluator;
import io.riacho.protocol.AwsException;
import io.riacho.protocol.BearerTokens;
import io.riacho.protocol.Caller;
import io.riacho.protocol.SigningKeys;
import io.riacho.protocol.SigningKeys.SigningKey;
import io.riacho.protocol.authority.AuthorityConfiguration;
import io.riacho.protocol.key.DataKey;
import io.riacho.protocol.key.KeyException;
import io.riacho.protocol.key.KeyService;
import io.riacho.protocol.role.RoleCredentials;
import io.riacho.protocol.role.RoleException;
import io.riacho.protocol.role.ServiceRoles;
import io.riacho.protocol.role.ServiceSession;
import io.riacho.protocol.signature.SecretKeys;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.services.iam.model.StatusType;
import tools.jackson.databind.JsonNode;

/** A service that runs alone, and asks auth-service over HTTP who its callers are. */
class AuthorityTest {

    private static final Duration LONGEST_WAIT = Duration.ofSeconds(45);
    private static final int MORE_THAN_MAY_WAIT = 100;
    private static final LocalDate TODAY = LocalDate.now(ZoneOffset.UTC);
    private static final String ANY_AUTHORITY = "arn:aws:riacho:*:*:authority";

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    private final TokenServer server = TokenServer.shared();
    private ConfigurableApplicationContext service;

    @BeforeEach
    void theServiceMayAskForKinesis() throws IOException {
        service = serviceOf(server.newUser(
                "{\"Effect\":\"Allow\",\"Action\":\"riacho:GetSigningKey\",\"Resource\":\"" + ANY_AUTHORITY
                        + "\",\"Condition\":{\"StringEquals\":{\"riacho:service\":\"kinesis\"}}}",
                allow("riacho:GetTokenOwner", ANY_AUTHORITY),
                allow("riacho:AwaitChanges", ANY_AUTHORITY),
                "{\"Effect\":\"Allow\",\"Action\":\"riacho:AssumeServiceRole\",\"Resource\":\"" + ANY_AUTHORITY
                        + "\",\"Condition\":{\"StringEquals\":{\"riacho:service\":\"firehose\"}}}",
                allow("riacho:DescribeKey", ANY_AUTHORITY),
                allow("riacho:*DataKey", ANY_AUTHORITY)));
    }

    @AfterEach
    void stop() {
        service.close();
    }

    private ConfigurableApplicationContext serviceOf(String user) throws IOException {
        JsonNode client = clientOf(user);
        return serviceWith(
                client.path("clientId").stringValue(),
                client.path("clientSecret").stringValue());
    }

    /** Makes an OAuth2 client that acts as the user. */
    private JsonNode clientOf(String user) {
        return json(server.rest(
                "POST",
                "/v1/oauth-clients",
                "{\"name\":\"" + newName("client") + "\",\"principalArn\":\"" + userArn(user) + "\"}"));
    }

    private String tokenOf(String user) {
        JsonNode client = clientOf(user);
        return json(server.post(
                        "/oauth2/token",
                        "grant_type=client_credentials",
                        "Authorization",
                        TokenServer.basic(
                                client.path("clientId").stringValue(),
                                client.path("clientSecret").stringValue())))
                .path("access_token")
                .stringValue();
    }

    private ConfigurableApplicationContext serviceWith(String client, String secret) throws IOException {
        Path secretFile = Files.writeString(folder.resolve(client), secret + "\n");
        SpringApplication application = new SpringApplicationBuilder(AuthorityConfiguration.class)
                .web(WebApplicationType.NONE)
                .build();
        return application.run(
                "--riacho.authority.url=" + server.endpoint(),
                "--riacho.authority.client-id=" + client,
                "--riacho.authority.client-secret-file=" + secretFile);
    }

    private Optional<SigningKey> keyFor(String accessKeyId, String apiName) {
        return service.getBean(SigningKeys.class).find(accessKeyId, null, TODAY, "us-east-1", apiName);
    }

    private static boolean mayList(Caller caller) {
        return new PolicyEvaluator()
                .decide(
                        new AuthorizationRequest(
                                caller.principal(),
                                "kinesis:ListStreams",
                                "*",
                                TokenServer.ACCOUNT,
                                ConditionContext.of(Map.of())),
                        caller.policies())
                .isAllowed();
    }

    @Test
    void theDaysKeyOfAUserComesWithItsPoliciesAndWithoutItsSecret() {
        String user = server.newUser(allow("kinesis:ListStreams", "*"));
        AwsCredentials key = server.keyOf(user);

        SigningKey found = keyFor(key.accessKeyId(), "kinesis").orElseThrow();

        assertThat(found.key().bytes())
                .isEqualTo(SecretKeys.derive(key.secretAccessKey(), TODAY, "us-east-1", "kinesis")
                        .bytes());
        assertThat(found.caller().arn()).isEqualTo(userArn(user));
        assertThat(mayList(found.caller())).isTrue();
    }

    @Test
    void anUnknownKeyIsUnknown() {
        assertThat(keyFor("AKIA2222222222222222", "kinesis")).isEmpty();
    }

    @Test
    void theKeyOfAnotherServiceIsNotGivenOut() {
        AwsCredentials key = server.keyOf(server.newUser());

        assertThatExceptionOfType(AwsException.class)
                .isThrownBy(() -> keyFor(key.accessKeyId(), "firehose"))
                .matches(e -> e.status() == 503);
    }

    @Test
    void aServiceWithoutPermissionLearnsNothing() throws IOException {
        AwsCredentials key = server.keyOf(server.newUser());
        service.close();
        service = serviceOf(server.newUser(allow("kinesis:*", "*")));

        assertThatExceptionOfType(AwsException.class)
                .isThrownBy(() -> keyFor(key.accessKeyId(), "kinesis"))
                .matches(e -> e.status() == 503);
    }

    @Test
    void aServiceWithAWrongSecretLearnsNothing() throws IOException {
        service.close();
        service = serviceWith("nobody", "not-the-secret");

        assertThatExceptionOfType(AwsException.class)
                .isThrownBy(() -> keyFor("AKIA2222222222222222", "kinesis"))
                .matches(e -> e.status() == 503);
    }

    @Test
    @Timeout(60)
    void aDeactivatedKeyAndAChangedPolicyCountWithinSeconds() throws InterruptedException {
        String user = server.newUser(allow("kinesis:ListStreams", "*"));
        AwsCredentials key = server.keyOf(user);
        assertThat(mayList(keyFor(key.accessKeyId(), "kinesis").orElseThrow().caller()))
                .isTrue();

        server.iam().deleteUserPolicy(r -> r.userName(user).policyName("own"));
        Duration policy = untilTrue(() ->
                !mayList(keyFor(key.accessKeyId(), "kinesis").orElseThrow().caller()));
        server.iam()
                .updateAccessKey(
                        r -> r.userName(user).accessKeyId(key.accessKeyId()).status(StatusType.INACTIVE));
        Duration revocation =
                untilTrue(() -> keyFor(key.accessKeyId(), "kinesis").isEmpty());

        System.out.printf("a changed policy counted after %s, a deactivated key after %s%n", policy, revocation);
        assertThat(keyFor(key.accessKeyId(), "kinesis")).isEmpty();
    }

    @Test
    void aBearerTokenIsKnownByItsOwner() {
        String user = server.newUser(allow("kinesis:ListStreams", "*"));
        String token = tokenOf(user);
        BearerTokens tokens = service.getBean(BearerTokens.class);

        assertThat(tokens.find(token).orElseThrow().arn()).isEqualTo(userArn(user));
        assertThat(tokens.find(token + "x")).isEmpty();
    }

    @Test
    void dataKeysAreMadeAndUnwrappedByTheKeyService() {
        KeyService keys = service.getBean(KeyService.class);
        Map<String, String> context = Map.of("aws:kinesis:arn", "arn:aws:kinesis:us-east-1:123456789012:stream/s");

        DataKey made = keys.generateDataKey("alias/aws/kinesis", context);

        assertThat(made.plaintext()).hasSize(32);
        assertThat(keys.unwrap(made.wrapped(), context)).isEqualTo(made.plaintext());
        assertThat(keys.describe("alias/aws/kinesis").arn()).isEqualTo(made.keyArn());
        assertThatExceptionOfType(KeyException.class)
                .isThrownBy(() -> keys.unwrap(made.wrapped(), Map.of("aws:kinesis:arn", "another")));
        assertThatExceptionOfType(KeyException.class)
                .isThrownBy(() -> keys.describe("alias/nothing"))
                .matches(e -> e.reason() == KeyException.Reason.NOT_FOUND);
    }

    @Test
    @Timeout(15)
    void theServiceHearsOfAChangeOfIdentitiesAsItHappens() throws InterruptedException {
        LongSupplier changes = service.getBean("authorityChanges", LongSupplier.class);
        untilTrue(() -> changes.getAsLong() > 0);
        long before = changes.getAsLong();

        server.newUser();

        untilTrue(() -> changes.getAsLong() > before);
    }

    @Test
    void whatTheServiceLearntBeforeAChangeDoesNotCountAfterIt() throws InterruptedException {
        LongSupplier changes = service.getBean("authorityChanges", LongSupplier.class);
        String user = server.newUser(allow("kinesis:ListStreams", "*"));
        AwsCredentials key = server.keyOf(user);
        assertThat(mayList(keyFor(key.accessKeyId(), "kinesis").orElseThrow().caller()))
                .isTrue();
        long before = changes.getAsLong();
        server.iam().deleteUserPolicy(r -> r.userName(user).policyName("own"));
        untilTrue(() -> changes.getAsLong() > before);

        assertThat(mayList(keyFor(key.accessKeyId(), "kinesis").orElseThrow().caller()))
                .isFalse();
    }

    @Test
    void whatTheServiceLearntOfATokenDoesNotCountAfterAChangeEither() throws InterruptedException {
        LongSupplier changes = service.getBean("authorityChanges", LongSupplier.class);
        BearerTokens tokens = service.getBean(BearerTokens.class);
        String user = server.newUser(allow("kinesis:ListStreams", "*"));
        String token = tokenOf(user);
        untilTrue(() -> changes.getAsLong() > 0);
        assertThat(mayList(tokens.find(token).orElseThrow())).isTrue();
        long before = changes.getAsLong();
        server.iam().deleteUserPolicy(r -> r.userName(user).policyName("own"));
        untilTrue(() -> changes.getAsLong() > before);

        assertThat(mayList(tokens.find(token).orElseThrow())).isFalse();
    }

    @Test
    @Timeout(120)
    void aBoundedNumberWaitsForChanges() throws Exception {
        AtomicReference<@Nullable String> refusal = new AtomicReference<>();
        CountDownLatch refused = new CountDownLatch(1);
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < MORE_THAN_MAY_WAIT; i++) {
                threads.submit(() -> {
                    String state = "{}";
                    while (refused.getCount() > 0) {
                        HttpResponse<String> answer = server.rest("POST", "/v1/authority/changes", state);
                        if (answer.statusCode() == 200) {
                            state = "{\"known\":\"" + json(answer).path("state").stringValue() + "\"}";
                        } else {
                            refusal.compareAndSet(null, answer.statusCode() + answer.body());
                            refused.countDown();
                        }
                    }
                });
            }
            try {
                assertThat(refused.await(60, TimeUnit.SECONDS)).isTrue();
            } finally {
                refused.countDown();
                // Ends the others' waiting.
                server.newUser();
            }
        }
        assertThat(refusal.get()).startsWith("429").contains("Too many wait for changes");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            signing-keys    | {"accessKeyId":"AKIA2222222222222222","date":"2026-11-27","region":"r","service":"kinesis"}
            bearer-tokens   | {"token":"t"}
            changes         | {}
            keys/describe   | {"keyId":"alias/aws/kinesis"}
            keys/data-keys  | {"keyId":"alias/aws/kinesis","context":{}}
            keys/unwrap     | {"wrapped":"AAAA","context":{}}
            role-sessions   | {"roleArn":"r","principal":"firehose.amazonaws.com","sessionName":"s",\
            "sourceArn":"arn:aws:firehose:us-east-1:123456789012:deliverystream/d","sourceAccount":"123456789012"}
            """)
    void nothingIsAnsweredWithoutAPermission(String path, String question) {
        AwsCredentials key = server.keyOf(server.newUser(allow("kinesis:*", "*"), allow("kms:*", "*")));

        assertThat(server.restAs(key, "POST", "/v1/authority/" + path, question).statusCode())
                .isEqualTo(403);
    }

    @Test
    void whoMayNotWaitForChangesIsToldSoAtOnce() {
        AwsCredentials key = server.keyOf(server.newUser(allow("riacho:GetTokenOwner", ANY_AUTHORITY)));

        assertThat(server.restAs(key, "POST", "/v1/authority/changes", "{}").statusCode())
                .isEqualTo(403);
    }

    @Test
    @Timeout(15)
    void nobodyIsKeptWaitingWhoKnowsAnotherState() {
        JsonNode first = json(server.rest("POST", "/v1/authority/changes", "{}"));

        JsonNode second = json(server.rest("POST", "/v1/authority/changes", "{\"known\":\"of another process/7\"}"));

        assertThat(second.path("state").stringValue())
                .isEqualTo(first.path("state").stringValue());
    }

    @Test
    void aRoleThatTrustsTheServiceIsAssumed() {
        String role = server.newRole(ServiceRolesTest.trustService("firehose.amazonaws.com"));

        RoleCredentials given =
                service.getBean(ServiceRoles.class).assume(TokenServer.roleArn(role), ServiceRolesTest.firehose());

        AwsCredentials credentials =
                AwsSessionCredentials.create(given.accessKeyId(), given.secretAccessKey(), given.sessionToken());
        assertThat(server.sts(credentials).getCallerIdentity().arn()).endsWith(":assumed-role/" + role + "/orders");
        assertThat(given.expiresAt()).isAfter(Instant.now().plus(Duration.ofMinutes(59)));
    }

    @Test
    void aRoleThatDoesNotTrustTheServiceIsToldAsInTheSameProcess() {
        String role = server.newRole(ServiceRolesTest.trustService("ecs.amazonaws.com"));
        RoleException within = catchThrowableOfType(
                RoleException.class,
                () -> server.bean(ServiceRoles.class).assume(TokenServer.roleArn(role), ServiceRolesTest.firehose()));

        assertThatExceptionOfType(RoleException.class)
                .isThrownBy(() -> service.getBean(ServiceRoles.class)
                        .assume(TokenServer.roleArn(role), ServiceRolesTest.firehose()))
                .matches(e -> e.reason() == RoleException.Reason.DENIED)
                .withMessage(within.getMessage());
    }

    @Test
    void aServiceCannotAssumeRolesInTheNameOfAnother() {
        String role = server.newRole(ServiceRolesTest.trustService("ecs.amazonaws.com"));
        ServiceSession session = new ServiceSession(
                "ecs.amazonaws.com", "task", "arn:aws:ecs:us-east-1:123456789012:task/t", TokenServer.ACCOUNT);

        assertThatExceptionOfType(RoleException.class)
                .isThrownBy(() -> service.getBean(ServiceRoles.class).assume(TokenServer.roleArn(role), session))
                .matches(e -> e.reason() == RoleException.Reason.UNAVAILABLE)
                .withMessageContaining("403");
    }

    @Test
    void aQuestionOfAnotherFormIsRefused() {
        for (String question : List.of(
                "{}",
                "{\"roleArn\":\"r\",\"principal\":\"*\",\"sessionName\":\"s\",\"sourceArn\":\"arn:a\","
                        + "\"sourceAccount\":\"123456789012\"}",
                "{\"roleArn\":\"" + "r".repeat(2049) + "\",\"principal\":\"firehose.amazonaws.com\","
                        + "\"sessionName\":\"s\",\"sourceArn\":\"arn:a\",\"sourceAccount\":\"123456789012\"}")) {
            assertThat(server.rest("POST", "/v1/authority/role-sessions", question)
                            .statusCode())
                    .isEqualTo(400);
        }
    }

    private static Duration untilTrue(BooleanSupplier condition) throws InterruptedException {
        long start = System.nanoTime();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - start > LONGEST_WAIT.toNanos()) {
                throw new AssertionError("Waited in vain");
            }
            Thread.sleep(20);
        }
        return Duration.ofNanos(System.nanoTime() - start);
    }
}
