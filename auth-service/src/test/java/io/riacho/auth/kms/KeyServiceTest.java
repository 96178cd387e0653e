package io.riacho.auth.kms;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.riacho.policy.AuthorizationRequest;
import io.riacho.policy.ConditionContext;
import io.riacho.policy.PolicyEvaluator;
import io.riacho.policy.PolicySet;
import io.riacho.policy.Principal;
import io.riacho.protocol.key.DataKey;
import io.riacho.protocol.key.KeyException;
import io.riacho.protocol.key.KeyException.Reason;
import io.riacho.protocol.key.KeyService;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.kms.KmsClient;
import software.amazon.awssdk.services.kms.model.GrantConstraints;
import software.amazon.awssdk.services.kms.model.GrantOperation;

class KeyServiceTest {

    private static final Map<String, String> CONTEXT = Map.of("stream", "one");

    private final KmsServer server = KmsServer.shared();
    private final KmsClient kms = server.root();
    private final KeyService keys = server.keyService();
    private final String key = server.newKey();

    @Test
    void aKeyIsDescribedWithItsPolicy() {
        var description = keys.describe(key);
        assertThat(description.arn()).isEqualTo(KmsServer.arn(key));
        assertThat(description.accountId()).isEqualTo(TestPrincipals.ACCOUNT);
        assertThat(description.isEnabled()).isTrue();
        assertThat(description.policy().document().text())
                .isEqualTo(kms.getKeyPolicy(r -> r.keyId(key)).policy());
    }

    @Test
    void aGrantCountsForServices() {
        String grant = grant("one", GrantOperation.DECRYPT, GrantOperation.ENCRYPT);
        grant("another", GrantOperation.DECRYPT, GrantOperation.GENERATE_DATA_KEY);
        grant("third", GrantOperation.ENCRYPT);
        assertThat(lets("one", "kms:Decrypt", CONTEXT)).isTrue();
        assertThat(lets("one", "kms:Encrypt", CONTEXT)).isFalse();
        assertThat(lets("one", "kms:GenerateDataKey", CONTEXT)).isFalse();
        assertThat(lets("another", "kms:GenerateDataKey", CONTEXT)).isTrue();
        assertThat(lets("third", "kms:Decrypt", CONTEXT)).isFalse();
        kms.revokeGrant(r -> r.keyId(key).grantId(grant));
        assertThat(lets("one", "kms:Decrypt", CONTEXT)).isFalse();
    }

    @Test
    void aGrantCountsForServicesUnderItsConstraintsOnly() {
        constrained("subset", c -> c.encryptionContextSubset(Map.of("stream", "one")));
        constrained("exact", c -> c.encryptionContextEquals(Map.of("stream", "one")));
        constrained("variable", c -> c.encryptionContextSubset(Map.of("stream", "${aws:username}")));
        constrained("upper", c -> c.encryptionContextSubset(Map.of("STREAM", "one")));
        constrained("strange", c -> c.encryptionContextSubset(Map.of("'${}\"", "one")));
        Map<String, String> more = Map.of("stream", "one", "shard", "two");
        assertThat(lets("subset", "kms:Decrypt", CONTEXT)).isTrue();
        assertThat(lets("subset", "kms:Decrypt", more)).isTrue();
        assertThat(lets("subset", "kms:Decrypt", Map.of("stream", "two"))).isFalse();
        assertThat(lets("exact", "kms:Decrypt", CONTEXT)).isTrue();
        assertThat(lets("exact", "kms:Decrypt", more)).isFalse();
        assertThat(lets("variable", "kms:Decrypt", Map.of("stream", "variable")))
                .isFalse();
        assertThat(lets("variable", "kms:Decrypt", Map.of("stream", "${aws:username}")))
                .isTrue();
        assertThat(lets("upper", "kms:Decrypt", CONTEXT)).isFalse();
        assertThat(lets("strange", "kms:Decrypt", CONTEXT)).isFalse();
    }

    @Test
    void aDenialOfTheKeyPolicyStandsAboveGrants() {
        grant("one", GrantOperation.DECRYPT);
        kms.putKeyPolicy(
                r -> r.keyId(key).policy("""
                {"Version": "2012-10-17", "Statement": [
                  {"Effect": "Allow", "Principal": {"AWS": "arn:aws:iam::%1$s:root"}, "Action": "kms:*", "Resource": "*"},
                  {"Effect": "Deny", "Principal": {"AWS": "%2$s"}, "Action": "kms:Decrypt", "Resource": "*"}]}""".formatted(TestPrincipals.ACCOUNT, TestPrincipals.userArn("one"))));
        assertThat(lets("one", "kms:Decrypt", CONTEXT)).isFalse();
    }

    @Test
    void aKeyWithMoreGrantsThanAPolicyHoldsIsStillDescribed() {
        for (int i = 0; i < 150; i++) {
            String user = "user-" + i;
            constrained(user, c -> c.encryptionContextSubset(Map.of("stream", "x".repeat(1000))));
        }
        assertThat(keys.describe(key).policy().document().text().length()).isBetween(32 * 1024, 100 * 1024);
    }

    @Test
    void aDataKeyIsUnwrappedWithTheSameContextOnly() {
        DataKey dataKey = keys.generateDataKey(key, CONTEXT);
        assertThat(dataKey.plaintext()).hasSize(32);
        assertThat(dataKey.keyArn()).isEqualTo(KmsServer.arn(key));
        assertThat(keys.unwrap(dataKey.wrapped(), CONTEXT)).isEqualTo(dataKey.plaintext());
        assertThat(reason(() -> keys.unwrap(dataKey.wrapped(), Map.of()))).isEqualTo(Reason.ACCESS_DENIED);
    }

    @Test
    void aDataKeyOfTheServiceIsOneOfTheApiToo() {
        DataKey dataKey = keys.generateDataKey(key, CONTEXT);
        assertThat(kms.decrypt(r -> r.ciphertextBlob(SdkBytes.fromByteArray(dataKey.wrapped()))
                                .encryptionContext(CONTEXT))
                        .plaintext()
                        .asByteArray())
                .isEqualTo(dataKey.plaintext());
    }

    @Test
    void theKeyOfKinesisServesTheService() {
        DataKey dataKey = keys.generateDataKey("alias/aws/kinesis", CONTEXT);
        assertThat(keys.unwrap(dataKey.wrapped(), CONTEXT)).isEqualTo(dataKey.plaintext());
    }

    @Test
    void aKeyThatCannotBeUsedSaysWhy() {
        DataKey dataKey = keys.generateDataKey(key, CONTEXT);
        kms.disableKey(r -> r.keyId(key));
        assertThat(reason(() -> keys.unwrap(dataKey.wrapped(), CONTEXT))).isEqualTo(Reason.DISABLED);
        assertThat(reason(() -> keys.generateDataKey(key, CONTEXT))).isEqualTo(Reason.DISABLED);
        assertThat(keys.describe(key).isEnabled()).isFalse();

        kms.scheduleKeyDeletion(r -> r.keyId(key).pendingWindowInDays(7));
        assertThat(reason(() -> keys.unwrap(dataKey.wrapped(), CONTEXT))).isEqualTo(Reason.INVALID_STATE);

        server.moveOn(Duration.ofDays(8));
        assertThat(reason(() -> keys.unwrap(dataKey.wrapped(), CONTEXT))).isEqualTo(Reason.NOT_FOUND);
        assertThat(reason(() -> keys.describe("alias/nobodys"))).isEqualTo(Reason.NOT_FOUND);
        assertThat(reason(() -> keys.describe("nonsense"))).isEqualTo(Reason.NOT_FOUND);
    }

    private String grant(String user, GrantOperation... operations) {
        return kms.createGrant(r -> r.keyId(key)
                        .granteePrincipal(TestPrincipals.userArn(user))
                        .operations(operations))
                .grantId();
    }

    private void constrained(String user, Consumer<GrantConstraints.Builder> constraints) {
        kms.createGrant(r -> r.keyId(key)
                .granteePrincipal(TestPrincipals.userArn(user))
                .operations(GrantOperation.DECRYPT)
                .constraints(constraints));
    }

    /** Whether a service that asks with this encryption context is told that the user may do it. */
    private boolean lets(String user, String action, Map<String, String> context) {
        Map<String, List<String>> conditions = new HashMap<>();
        conditions.put("kms:encryptioncontextkeys", List.copyOf(context.keySet()));
        conditions.put("aws:username", List.of(user));
        context.forEach((name, value) -> conditions.put("kms:encryptioncontext:" + name, List.of(value)));
        var description = keys.describe(key);
        return new PolicyEvaluator()
                .decide(
                        new AuthorizationRequest(
                                Principal.user(TestPrincipals.userArn(user)),
                                action,
                                description.arn(),
                                description.accountId(),
                                ConditionContext.of(conditions)),
                        PolicySet.NONE.withRequiredResource(description.policy()))
                .isAllowed();
    }

    private static Reason reason(ThrowingCallable call) {
        KeyException e = catchThrowableOfType(KeyException.class, call);
        assertThat(e).isNotNull();
        return e.reason();
    }
}
