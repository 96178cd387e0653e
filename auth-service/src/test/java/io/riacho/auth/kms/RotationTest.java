package io.riacho.auth.kms;

import static io.riacho.auth.kms.Failures.refused;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.kms.KmsClient;
import software.amazon.awssdk.services.kms.model.IncludeKeyMaterial;
import software.amazon.awssdk.services.kms.model.KeyMaterialState;
import software.amazon.awssdk.services.kms.model.RotationType;
import software.amazon.awssdk.services.kms.model.RotationsListEntry;

class RotationTest {

    private static final SdkBytes TEXT = SdkBytes.fromUtf8String("text");

    private final KmsServer server = KmsServer.shared();
    private final KmsClient kms = server.root();
    private final String key = server.newKey();

    @Test
    void newMaterialEncryptsAndTheFormerGoesOnToDecrypt() {
        String first = material();
        SdkBytes before = encrypt();
        kms.rotateKeyOnDemand(r -> r.keyId(key));
        SdkBytes after = encrypt();

        assertThat(material()).isNotEqualTo(first);
        assertThat(kms.decrypt(r -> r.ciphertextBlob(before)).keyMaterialId()).isEqualTo(first);
        assertThat(kms.decrypt(r -> r.ciphertextBlob(before)).plaintext()).isEqualTo(TEXT);
        assertThat(kms.decrypt(r -> r.ciphertextBlob(after)).keyMaterialId()).isEqualTo(material());
    }

    @Test
    void aKeyIsRotatedByItselfOnceAPeriod() {
        String first = material();
        kms.enableKeyRotation(r -> r.keyId(key).rotationPeriodInDays(90));
        var status = kms.getKeyRotationStatus(r -> r.keyId(key));
        assertThat(status.keyRotationEnabled()).isTrue();
        assertThat(status.rotationPeriodInDays()).isEqualTo(90);
        assertThat(status.nextRotationDate()).isNotNull();

        server.moveOn(Duration.ofDays(89));
        assertThat(material()).isEqualTo(first);
        server.moveOn(Duration.ofDays(2));
        assertThat(material()).isNotEqualTo(first);
        server.moveOn(Duration.ofDays(2));
        assertThat(rotations(IncludeKeyMaterial.ROTATIONS_ONLY)).hasSize(1);

        kms.disableKeyRotation(r -> r.keyId(key));
        assertThat(kms.getKeyRotationStatus(r -> r.keyId(key)).keyRotationEnabled())
                .isFalse();
    }

    @Test
    void rotationsAreListed() {
        String first = material();
        kms.rotateKeyOnDemand(r -> r.keyId(key));

        assertThat(rotations(IncludeKeyMaterial.ROTATIONS_ONLY)).singleElement().satisfies(rotation -> {
            assertThat(rotation.rotationType()).isEqualTo(RotationType.ON_DEMAND);
            assertThat(rotation.keyMaterialId()).isEqualTo(material());
            assertThat(rotation.keyMaterialState()).isEqualTo(KeyMaterialState.CURRENT);
        });
        assertThat(rotations(IncludeKeyMaterial.ALL_KEY_MATERIAL))
                .extracting(RotationsListEntry::keyMaterialId)
                .containsExactly(first, material());
    }

    @Test
    void aKeyIsRotatedOnDemandTwentyFiveTimes() {
        for (int i = 0; i < 25; i++) {
            kms.rotateKeyOnDemand(r -> r.keyId(key));
        }
        refused("LimitExceededException", () -> kms.rotateKeyOnDemand(r -> r.keyId(key)));
    }

    @Test
    void whatIsDecryptedWhileTheKeyRotatesIsAlwaysWhatWasEncrypted() throws Exception {
        try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
            List<Future<?>> work = new ArrayList<>();
            for (int thread = 0; thread < 3; thread++) {
                work.add(threads.submit(() -> {
                    for (int i = 0; i < 30; i++) {
                        SdkBytes blob = encrypt();
                        assertThat(kms.decrypt(r -> r.ciphertextBlob(blob)).plaintext())
                                .isEqualTo(TEXT);
                    }
                }));
            }
            work.add(threads.submit(() -> {
                for (int i = 0; i < 20; i++) {
                    kms.rotateKeyOnDemand(r -> r.keyId(key));
                }
            }));
            for (Future<?> one : work) {
                one.get();
            }
        }
        assertThat(rotations(IncludeKeyMaterial.ALL_KEY_MATERIAL)).hasSize(21);
    }

    private List<RotationsListEntry> rotations(IncludeKeyMaterial which) {
        return kms
                .listKeyRotationsPaginator(
                        r -> r.keyId(key).includeKeyMaterial(which).limit(5))
                .rotations()
                .stream()
                .toList();
    }

    private String material() {
        return kms.describeKey(r -> r.keyId(key)).keyMetadata().currentKeyMaterialId();
    }

    private SdkBytes encrypt() {
        return kms.encrypt(r -> r.keyId(key).plaintext(TEXT)).ciphertextBlob();
    }
}
