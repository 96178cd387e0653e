package io.riacho.auth.kms;

import static io.riacho.auth.kms.Failures.refused;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.kms.KmsClient;

/** A server whose keys wrap under a key of another server, which has its credentials as the AWS SDK finds them. */
class ExternalKmsTest {

    private static final KmsServer OTHER = KmsServer.shared();
    private static final String OTHERS_KEY = OTHER.newKey();
    private static KmsServer server;

    @BeforeAll
    static void start() {
        System.setProperty("aws.accessKeyId", TestPrincipals.ROOT);
        System.setProperty("aws.secretAccessKey", TestPrincipals.SECRET);
        server = new KmsServer(
                "--riacho.auth.kms.external-endpoint=" + OTHER.endpoint(),
                "--riacho.auth.kms.external-region=" + KmsServer.REGION,
                "--riacho.auth.kms.external-key-id=" + OTHERS_KEY);
    }

    @AfterAll
    static void stop() {
        server.stop();
        System.clearProperty("aws.accessKeyId");
        System.clearProperty("aws.secretAccessKey");
    }

    @Test
    void keysWorkAsLongAsTheOtherKmsUnwrapsThem() {
        KmsClient kms = server.root();
        String used = server.newKey();
        SdkBytes blob = kms.encrypt(r -> r.keyId(used).plaintext(SdkBytes.fromUtf8String("text")))
                .ciphertextBlob();
        assertThat(kms.decrypt(r -> r.ciphertextBlob(blob)).plaintext().asUtf8String())
                .isEqualTo("text");
        assertThat(server.jdbc()
                        .sql("select distinct provider from auth.kms_material")
                        .query(String.class)
                        .list())
                .containsExactly("external");

        String unused = server.newKey();
        OTHER.root().disableKey(r -> r.keyId(OTHERS_KEY));
        refused(
                "KeyUnavailableException",
                () -> kms.encrypt(r -> r.keyId(unused).plaintext(SdkBytes.fromUtf8String("text"))));
        refused("KeyUnavailableException", () -> kms.createKey(_ -> {}));

        OTHER.root().enableKey(r -> r.keyId(OTHERS_KEY));
        kms.encrypt(r -> r.keyId(unused).plaintext(SdkBytes.fromUtf8String("text")));
    }
}
