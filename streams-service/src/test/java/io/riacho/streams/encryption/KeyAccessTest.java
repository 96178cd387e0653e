package io.riacho.streams.encryption;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.riacho.log.SealingKey;
import io.riacho.policy.NamedPolicy;
import io.riacho.policy.PolicyDocument;
import io.riacho.policy.PolicyKind;
import io.riacho.policy.PolicySet;
import io.riacho.policy.Principal;
import io.riacho.protocol.AwsException;
import io.riacho.protocol.Caller;
import io.riacho.protocol.Connection;
import io.riacho.protocol.RequestContext;
import io.riacho.protocol.audit.JsonAuditLog;
import io.riacho.protocol.authorization.PolicyAuthorizer;
import io.riacho.streams.StreamsUnderTest;
import io.riacho.streams.TestKeyService;
import io.riacho.streams.stream.Stream;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who may use the KMS key of a stream, decided by real policies. */
class KeyAccessTest {

    private static final String USER = "arn:aws:iam::123456789012:user/ana";
    private static final AtomicInteger NAMES = new AtomicInteger();

    @TempDir
    static Path folder;

    @SuppressWarnings("NullAway.Init")
    private static StreamsUnderTest service;

    @SuppressWarnings("NullAway.Init")
    private String key;

    @SuppressWarnings("NullAway.Init")
    private Stream stream;

    @BeforeAll
    static void start() {
        service = new StreamsUnderTest(folder, StreamsUnderTest.A_MOMENT);
    }

    @AfterAll
    static void stop() {
        service.close();
    }

    @BeforeEach
    void encrypt() {
        key = service.kms().create();
        String name = "guarded-" + NAMES.incrementAndGet();
        Stream unused = service.create(name, 1);
        stream = service.encrypt(name, key);
    }

    private static RequestContext user(String... statements) {
        String policy = "{\"Version\":\"2012-10-17\",\"Statement\":[" + String.join(",", statements) + "]}";
        NamedPolicy own = new NamedPolicy("own", PolicyDocument.parse(policy, PolicyKind.IDENTITY));
        return new RequestContext(
                "test",
                "eu-central-1",
                new Caller(Principal.user(USER), "AIDAANA", Map.of(), PolicySet.ofIdentity(List.of(own))),
                new Connection("127.0.0.1", false, null, null, null),
                new PolicyAuthorizer(new JsonAuditLog(InstantSource.system()), InstantSource.system()));
    }

    private String allow(String action) {
        return "{\"Effect\":\"Allow\",\"Action\":\"%s\",\"Resource\":\"%s\"}".formatted(action, key);
    }

    private static void isDenied(Runnable work, String action) {
        assertThatThrownBy(work::run).isInstanceOfSatisfying(AwsException.class, e -> {
            assertThat(e.type()).isEqualTo("KMSAccessDeniedException");
            assertThat(e.getMessage()).contains(USER, "is not authorized to perform: " + action);
        });
    }

    @Test
    void whoMayPutToTheStreamButNotUseItsKeyIsDenied() {
        RequestContext context = user("{\"Effect\":\"Allow\",\"Action\":\"kinesis:*\",\"Resource\":\"*\"}");

        isDenied(() -> service.keyAccess().requireSealing(context, stream), "kms:GenerateDataKey");
        isDenied(() -> service.keyAccess().opening(context, stream), "kms:Decrypt");
    }

    @Test
    void puttingNeedsGenerateDataKeyAndReadingNeedsDecrypt() {
        RequestContext writer = user(allow("kms:GenerateDataKey"));
        RequestContext reader = user(allow("kms:Decrypt"));

        service.keyAccess().requireSealing(writer, stream);
        isDenied(() -> service.keyAccess().opening(writer, stream), "kms:Decrypt");
        assertThat(service.keyAccess().opening(reader, stream)).isNotNull();
        isDenied(() -> service.keyAccess().requireSealing(reader, stream), "kms:GenerateDataKey");
    }

    @Test
    void aPolicyMayAskThatTheKeyIsUsedThroughKinesisForOneStream() {
        String conditional = """
                {"Effect":"Allow","Action":"kms:*","Resource":"*","Condition":{"StringEquals":{
                  "kms:ViaService":"kinesis.eu-central-1.amazonaws.com","kms:CallerAccount":"123456789012",
                  "kms:EncryptionContext:aws:kinesis:arn":"%s"}}}""";

        service.keyAccess().requireSealing(user(conditional.formatted(stream.arn())), stream);
        isDenied(
                () -> service.keyAccess().requireSealing(user(conditional.formatted(stream.arn() + "-other")), stream),
                "kms:GenerateDataKey");
    }

    @Test
    void aKeyPolicyThatDoesNotNameTheAccountLeavesNothingToIdentityPolicies() {
        service.kms().policy(key, """
                {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "kms:Decrypt", "Resource": "*",
                  "Principal": {"AWS": "%s"}}]}""".formatted(USER));
        service.clock().advance(java.time.Duration.ofSeconds(5));

        isDenied(() -> service.keyAccess().requireSealing(user(allow("kms:*")), stream), "kms:GenerateDataKey");
        assertThat(service.keyAccess().opening(user(allow("s3:*")), stream)).isNotNull();
    }

    @Test
    void theKeyThatAwsManagesNeedsNoPermission() {
        stream = service.encrypt(stream.name(), TestKeyService.MANAGED);
        SealingKey sealing = Objects.requireNonNull(service.keys().sealing(stream));
        RequestContext context = user(allow("kinesis:*"));

        service.keyAccess().requireSealing(context, stream);
        service.keyAccess().opening(context, stream).require(sealing.id());
    }

    @Test
    void recordsUnderTheKeyOfBeforeNeedThePermissionForThatOne() {
        SealingKey old = Objects.requireNonNull(service.keys().sealing(stream));
        RequestContext context = user(allow("kms:GenerateDataKey"));
        stream = service.encrypt(stream.name(), TestKeyService.MANAGED);

        KeyAccess.Opening opening = service.keyAccess().opening(context, stream);
        isDenied(() -> opening.require(old.id()), "kms:Decrypt");
        service.keyAccess().opening(user(allow("kms:Decrypt")), stream).require(old.id());
    }
}
