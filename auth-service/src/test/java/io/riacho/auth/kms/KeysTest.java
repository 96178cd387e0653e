package io.riacho.auth.kms;

import static io.riacho.auth.kms.Failures.refused;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.kms.KmsClient;
import software.amazon.awssdk.services.kms.model.KeyListEntry;
import software.amazon.awssdk.services.kms.model.KeyManagerType;
import software.amazon.awssdk.services.kms.model.KeyMetadata;
import software.amazon.awssdk.services.kms.model.KeySpec;
import software.amazon.awssdk.services.kms.model.KeyState;
import software.amazon.awssdk.services.kms.model.KeyUsageType;
import software.amazon.awssdk.services.kms.model.OriginType;
import software.amazon.awssdk.services.kms.model.Tag;

class KeysTest {

    private final KmsServer server = KmsServer.shared();
    private final KmsClient kms = server.root();

    @Test
    void aNewKeyIsAnEnabledSymmetricKeyOfTheCustomer() {
        KeyMetadata key =
                kms.createKey(request -> request.description("for records")).keyMetadata();

        assertThat(key.arn()).isEqualTo(KmsServer.arn(key.keyId()));
        assertThat(key.awsAccountId()).isEqualTo(TestPrincipals.ACCOUNT);
        assertThat(key.keyState()).isEqualTo(KeyState.ENABLED);
        assertThat(key.enabled()).isTrue();
        assertThat(key.description()).isEqualTo("for records");
        assertThat(key.keySpec()).isEqualTo(KeySpec.SYMMETRIC_DEFAULT);
        assertThat(key.keyUsage()).isEqualTo(KeyUsageType.ENCRYPT_DECRYPT);
        assertThat(key.origin()).isEqualTo(OriginType.AWS_KMS);
        assertThat(key.keyManager()).isEqualTo(KeyManagerType.CUSTOMER);
        assertThat(key.multiRegion()).isFalse();
        assertThat(key.currentKeyMaterialId()).hasSize(64);
        assertThat(kms.describeKey(request -> request.keyId(key.keyId())).keyMetadata())
                .isEqualTo(key);
    }

    @Test
    void keysOfOtherKindsAreRefusedByName() {
        assertThat(refused("UnsupportedOperationException", () -> kms.createKey(r -> r.keySpec(KeySpec.RSA_2048))))
                .contains("RSA_2048");
        assertThat(refused(
                        "UnsupportedOperationException",
                        () -> kms.createKey(r -> r.keyUsage(KeyUsageType.GENERATE_VERIFY_MAC))))
                .contains("GENERATE_VERIFY_MAC");
        assertThat(refused("UnsupportedOperationException", () -> kms.createKey(r -> r.origin(OriginType.EXTERNAL))))
                .contains("EXTERNAL");
        refused("UnsupportedOperationException", () -> kms.createKey(r -> r.multiRegion(true)));
        refused("UnsupportedOperationException", () -> kms.createKey(r -> r.customKeyStoreId("cks-1")));
    }

    @Test
    void operationsThatAreNotServedAreRefusedByName() {
        assertThat(refused("UnknownOperationException", () -> kms.getPublicKey(r -> r.keyId(server.newKey()))))
                .contains("GetPublicKey");
    }

    @Test
    void aKeyIsNamedByIdArnAliasOrAliasArn() {
        String id = server.newKey();
        String alias = "alias/" + KmsServer.newName();
        kms.createAlias(r -> r.aliasName(alias).targetKeyId(id));

        for (String name : List.of(id, KmsServer.arn(id), alias, KmsServer.aliasArn(alias))) {
            assertThat(kms.describeKey(r -> r.keyId(name)).keyMetadata().keyId())
                    .isEqualTo(id);
        }
    }

    @Test
    void whatNamesNoKeyIsNotFoundInTheWordsOfAws() {
        String unknown = "00000000-0000-4000-8000-000000000000";
        assertThat(refused("NotFoundException", () -> kms.describeKey(r -> r.keyId(unknown))))
                .isEqualTo("Key '" + KmsServer.arn(unknown) + "' does not exist");
        assertThat(refused("NotFoundException", () -> kms.describeKey(r -> r.keyId("alias/nobodys"))))
                .isEqualTo("Alias " + KmsServer.aliasArn("alias/nobodys") + " is not found.");
        assertThat(refused("NotFoundException", () -> kms.describeKey(r -> r.keyId("1-1-1-1-1"))))
                .isEqualTo("Invalid keyId '1-1-1-1-1'");
        assertThat(refused(
                        "NotFoundException",
                        () -> kms.describeKey(r -> r.keyId("arn:aws:kms:us-west-2:123456789012:key/" + unknown))))
                .isEqualTo("Invalid arn us-west-2");
        refused(
                "NotFoundException",
                () -> kms.describeKey(
                        r -> r.keyId("arn:aws:kms:" + KmsServer.REGION + ":210987654321:key/" + server.newKey())));
        refused("InvalidArnException", () -> kms.describeKey(r -> r.keyId("arn:aws:kinesis:eu-central-1:1:stream/x")));
    }

    @Test
    void keysAreListedPageByPage() {
        List<String> made = List.of(server.newKey(), server.newKey(), server.newKey());
        List<String> listed = kms.listKeysPaginator(r -> r.limit(2)).keys().stream()
                .map(KeyListEntry::keyId)
                .toList();

        assertThat(listed).containsAll(made).doesNotHaveDuplicates();
        assertThat(kms.listKeys(r -> r.limit(1)).truncated()).isTrue();
        refused("InvalidMarkerException", () -> kms.listKeys(r -> r.marker("nonsense!")));
    }

    @Test
    void aDisabledKeyIsOfNoUseUntilItIsEnabled() {
        String id = server.newKey();
        SdkBytes blob = kms.encrypt(r -> r.keyId(id).plaintext(SdkBytes.fromUtf8String("text")))
                .ciphertextBlob();
        kms.disableKey(r -> r.keyId(id));

        assertThat(refused("DisabledException", () -> kms.decrypt(r -> r.ciphertextBlob(blob))))
                .isEqualTo(KmsServer.arn(id) + " is disabled.");
        refused("DisabledException", () -> kms.generateDataKey(r -> r.keyId(id).numberOfBytes(8)));
        refused("DisabledException", () -> kms.rotateKeyOnDemand(r -> r.keyId(id)));
        assertThat(kms.describeKey(r -> r.keyId(id)).keyMetadata().enabled()).isFalse();

        kms.enableKey(r -> r.keyId(id));
        assertThat(kms.decrypt(r -> r.ciphertextBlob(blob)).plaintext().asUtf8String())
                .isEqualTo("text");
    }

    @Test
    void aKeyIsReallyDeletedWhenItsWaitingTimeIsOver() {
        String id = server.newKey();
        SdkBytes blob = kms.encrypt(r -> r.keyId(id).plaintext(SdkBytes.fromUtf8String("text")))
                .ciphertextBlob();
        var scheduled = kms.scheduleKeyDeletion(r -> r.keyId(id).pendingWindowInDays(7));
        assertThat(scheduled.keyId()).isEqualTo(KmsServer.arn(id));
        assertThat(scheduled.keyState()).isEqualTo(KeyState.PENDING_DELETION);
        assertThat(refused("KMSInvalidStateException", () -> kms.decrypt(r -> r.ciphertextBlob(blob))))
                .isEqualTo(KmsServer.arn(id) + " is pending deletion.");
        refused("KMSInvalidStateException", () -> kms.enableKey(r -> r.keyId(id)));

        server.moveOn(Duration.ofDays(7).minusMinutes(5));
        assertThat(kms.describeKey(r -> r.keyId(id)).keyMetadata().deletionDate())
                .isEqualTo(scheduled.deletionDate());
        server.moveOn(Duration.ofMinutes(10));

        refused("NotFoundException", () -> kms.describeKey(r -> r.keyId(id)));
        assertThat(refused("AccessDeniedException", () -> kms.decrypt(r -> r.ciphertextBlob(blob))))
                .startsWith("The ciphertext refers to a customer master key that does not exist");
        assertThat(server.jdbc()
                        .sql("select count(*) from auth.kms_material where key_id = ?::uuid")
                        .param(id)
                        .query(Long.class)
                        .single())
                .isZero();
    }

    @Test
    void aDeletionThatIsCancelledLeavesTheKeyDisabled() {
        String id = server.newKey();
        kms.scheduleKeyDeletion(r -> r.keyId(id).pendingWindowInDays(30));
        kms.cancelKeyDeletion(r -> r.keyId(id));

        KeyMetadata key = kms.describeKey(r -> r.keyId(id)).keyMetadata();
        assertThat(key.keyState()).isEqualTo(KeyState.DISABLED);
        assertThat(key.deletionDate()).isNull();
        assertThat(refused("KMSInvalidStateException", () -> kms.cancelKeyDeletion(r -> r.keyId(id))))
                .isEqualTo(KmsServer.arn(id) + " is not pending deletion.");
    }

    @Test
    void aKeyWaitsBetweenSevenAndThirtyDaysForItsDeletion() {
        String id = server.newKey();
        assertThat(refused(
                        "ValidationException",
                        () -> kms.scheduleKeyDeletion(r -> r.keyId(id).pendingWindowInDays(6))))
                .contains("'pendingWindowInDays'");
        refused(
                "ValidationException",
                () -> kms.scheduleKeyDeletion(r -> r.keyId(id).pendingWindowInDays(31)));
    }

    @Test
    void tagsAreKeptAndListed() {
        String id = server.newKey();
        kms.tagResource(r -> r.keyId(id).tags(tag("team", "one"), tag("stage", "test")));
        kms.tagResource(r -> r.keyId(id).tags(tag("team", "two")));
        kms.untagResource(r -> r.keyId(id).tagKeys("stage"));

        assertThat(kms.listResourceTags(r -> r.keyId(id)).tags()).containsExactly(tag("team", "two"));
        refused("TagException", () -> kms.tagResource(r -> r.keyId(id).tags(tag("aws:x", "y"))));
        refused("TagException", () -> kms.tagResource(r -> r.keyId(id).tags(tag("a", "1"), tag("a", "2"))));
        List<Tag> tooMany = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            tooMany.add(tag("tag" + i, ""));
        }
        refused("LimitExceededException", () -> kms.tagResource(r -> r.keyId(id).tags(tooMany)));
    }

    @Test
    void aDescriptionIsChanged() {
        String id = server.newKey();
        kms.updateKeyDescription(r -> r.keyId(id).description("another"));
        assertThat(kms.describeKey(r -> r.keyId(id)).keyMetadata().description())
                .isEqualTo("another");
    }

    private static Tag tag(String key, String value) {
        return Tag.builder().tagKey(key).tagValue(value).build();
    }
}
