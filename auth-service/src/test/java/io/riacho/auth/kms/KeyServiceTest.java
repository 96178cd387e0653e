package io.riacho.auth.kms;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.riacho.protocol.key.DataKey;
import io.riacho.protocol.key.KeyException;
import io.riacho.protocol.key.KeyException.Reason;
import io.riacho.protocol.key.KeyService;
import java.time.Duration;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.kms.KmsClient;

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

    private static Reason reason(ThrowingCallable call) {
        KeyException e = catchThrowableOfType(KeyException.class, call);
        assertThat(e).isNotNull();
        return e.reason();
    }
}
