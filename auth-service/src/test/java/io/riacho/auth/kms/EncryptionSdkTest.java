package io.riacho.auth.kms;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.amazonaws.encryptionsdk.AwsCrypto;
import com.amazonaws.encryptionsdk.CryptoResult;
import com.amazonaws.encryptionsdk.kmssdkv2.KmsMasterKey;
import com.amazonaws.encryptionsdk.kmssdkv2.KmsMasterKeyProvider;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Client-side encryption by the AWS Encryption SDK for Java, with data keys of ours. */
class EncryptionSdkTest {

    private static final byte[] TEXT =
            "read by nobody but its owner".repeat(1000).getBytes(StandardCharsets.UTF_8);

    private final KmsServer server = KmsServer.shared();
    private final AwsCrypto crypto = AwsCrypto.standard();

    @Test
    void aMessageIsEncryptedAndDecryptedWithAKeyOfOurs() {
        String key = server.newKey();
        Map<String, String> context = Map.of("stream", "one");
        byte[] message = crypto.encryptData(keys(key), TEXT, context).getResult();
        CryptoResult<byte[], KmsMasterKey> opened = crypto.decryptData(keys(key), message);

        assertThat(new String(message, StandardCharsets.ISO_8859_1)).doesNotContain("nobody");
        assertThat(opened.getResult()).isEqualTo(TEXT);
        assertThat(opened.getEncryptionContext()).containsAllEntriesOf(context);
        assertThat(opened.getMasterKeyIds()).containsExactly(KmsServer.arn(key));
    }

    @Test
    void aMessageStaysClosedWhenItsKeyIsDisabled() {
        String key = server.newKey();
        byte[] message = crypto.encryptData(keys(key), TEXT).getResult();
        server.root().disableKey(r -> r.keyId(key));
        assertThatThrownBy(() -> crypto.decryptData(keys(key), message)).hasStackTraceContaining("is disabled");
    }

    @Test
    void aMessageOpensAfterItsKeyWasRotated() {
        String key = server.newKey();
        byte[] message = crypto.encryptData(keys(key), TEXT).getResult();
        server.root().rotateKeyOnDemand(r -> r.keyId(key));
        assertThat(crypto.decryptData(keys(key), message).getResult()).isEqualTo(TEXT);
    }

    private KmsMasterKeyProvider keys(String key) {
        return KmsMasterKeyProvider.builder()
                .customRegionalClientSupplier(_ -> server.root())
                .buildStrict(KmsServer.arn(key));
    }
}
