package io.riacho.auth.kms;

import static io.riacho.auth.kms.Failures.refused;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.kms.KmsClient;
import software.amazon.awssdk.services.kms.model.Tag;

class AuthorizationTest {

    private static final SdkBytes TEXT = SdkBytes.fromUtf8String("text");
    private static final String ALL = "{\"Effect\":\"Allow\",\"Action\":\"kms:*\",\"Resource\":\"*\"}";

    private final KmsServer server = KmsServer.shared();
    private final KmsClient kms = server.root();
    private final String name = KmsServer.newName();

    @Test
    void theDefaultKeyPolicyLeavesItToTheAccountsPolicies() {
        String key = server.newKey();
        assertThat(kms.getKeyPolicy(r -> r.keyId(key)).policy())
                .contains("Enable IAM User Permissions", "arn:aws:iam::123456789012:root");
        assertThat(kms.listKeyPolicies(r -> r.keyId(key)).policyNames()).containsExactly("default");

        server.user(name, ALL).encrypt(r -> r.keyId(key).plaintext(TEXT));
        assertThat(refused(
                        "AccessDeniedException",
                        () -> server.user(KmsServer.newName(), "")
                                .encrypt(r -> r.keyId(key).plaintext(TEXT))))
                .contains("is not authorized to perform: kms:Encrypt on resource: " + KmsServer.arn(key));
    }

    @Test
    void policiesOfTheAccountCountForNothingWhereTheKeyPolicyDoesNotNameIt() {
        KmsClient owner = server.user(name, ALL);
        String key = owner.createKey(r -> r.policy(policy("""
                        {"Effect":"Allow","Principal":{"AWS":"%s"},"Action":"kms:*","Resource":"*"}""".formatted(TestPrincipals.userArn(name)))))
                .keyMetadata()
                .keyId();

        owner.encrypt(r -> r.keyId(key).plaintext(TEXT));
        refused("AccessDeniedException", () -> kms.encrypt(r -> r.keyId(key).plaintext(TEXT)));
        refused("AccessDeniedException", () -> kms.describeKey(r -> r.keyId(key)));
        refused(
                "AccessDeniedException",
                () -> server.user(KmsServer.newName(), ALL).describeKey(r -> r.keyId(key)));
    }

    @Test
    void aKeyPolicyThatLocksItsAuthorOutIsRefusedUnlessThatIsWanted() {
        String key = server.newKey();
        String lockedOut = policy("""
                {"Effect":"Allow","Principal":{"AWS":"%s"},"Action":"kms:*","Resource":"*"}""".formatted(TestPrincipals.userArn(name)));

        assertThat(refused(
                        "MalformedPolicyDocumentException",
                        () -> kms.putKeyPolicy(r -> r.keyId(key).policy(lockedOut))))
                .isEqualTo("The new key policy will not allow you to update the key policy in the future.");
        refused("MalformedPolicyDocumentException", () -> kms.createKey(r -> r.policy(lockedOut)));

        kms.putKeyPolicy(r -> r.keyId(key).policy(lockedOut).bypassPolicyLockoutSafetyCheck(true));
        refused("AccessDeniedException", () -> kms.getKeyPolicy(r -> r.keyId(key)));
        assertThat(server.user(name, "").getKeyPolicy(r -> r.keyId(key)).policy())
                .isEqualTo(lockedOut);
    }

    @Test
    void aPolicyThatIsNoneIsRefused() {
        refused(
                "MalformedPolicyDocumentException",
                () -> kms.putKeyPolicy(r -> r.keyId(server.newKey()).policy("{\"Statement\": 7}")));
        refused(
                "NotFoundException",
                () -> kms.getKeyPolicy(r -> r.keyId(server.newKey()).policyName("other")));
    }

    @Test
    void aPolicyDecidesByTheEncryptionContext() {
        String key = server.newKey();
        KmsClient user = server.user(name, """
                {"Effect":"Allow","Action":"kms:Encrypt","Resource":"*",
                 "Condition":{"StringEquals":{"kms:EncryptionContext:Stream":"one"},
                   "ForAllValues:StringEquals":{"kms:EncryptionContextKeys":["Stream"]}}}""");

        user.encrypt(r -> r.keyId(key).plaintext(TEXT).encryptionContext(Map.of("Stream", "one")));
        for (Map<String, String> other : List.of(
                Map.<String, String>of(),
                Map.of("Stream", "two"),
                Map.of("Stream", "one", "more", "x"),
                Map.of("Stream", "one", "stream", "two"))) {
            refused(
                    "AccessDeniedException",
                    () -> user.encrypt(r -> r.keyId(key).plaintext(TEXT).encryptionContext(other)));
        }
    }

    @Test
    void aPolicyDecidesByTagsAndAliasesOfTheKey() {
        String tagged = kms.createKey(
                        r -> r.tags(Tag.builder().tagKey("team").tagValue(name).build()))
                .keyMetadata()
                .keyId();
        String plain = server.newKey();
        String alias = "alias/" + name;
        kms.createAlias(r -> r.aliasName(alias).targetKeyId(plain));
        KmsClient user = server.user(name, """
                {"Effect":"Allow","Action":"kms:Encrypt","Resource":"*",
                 "Condition":{"StringEquals":{"aws:ResourceTag/team":"%1$s"}}},
                {"Effect":"Allow","Action":"kms:DescribeKey","Resource":"*",
                 "Condition":{"ForAnyValue:StringEquals":{"kms:ResourceAliases":"alias/%1$s"}}},
                {"Effect":"Allow","Action":"kms:GenerateDataKey","Resource":"*",
                 "Condition":{"StringEquals":{"kms:RequestAlias":"alias/%1$s"}}}""".formatted(name));

        user.encrypt(r -> r.keyId(tagged).plaintext(TEXT));
        refused("AccessDeniedException", () -> user.encrypt(r -> r.keyId(plain).plaintext(TEXT)));
        user.describeKey(r -> r.keyId(plain));
        refused("AccessDeniedException", () -> user.describeKey(r -> r.keyId(tagged)));
        user.generateDataKey(r -> r.keyId(alias).numberOfBytes(8));
        refused(
                "AccessDeniedException",
                () -> user.generateDataKey(r -> r.keyId(plain).numberOfBytes(8)));
    }

    @Test
    void aTaggedKeyIsMadeByWhoMayTagOnly() {
        KmsClient user = server.user(name, "{\"Effect\":\"Allow\",\"Action\":\"kms:CreateKey\",\"Resource\":\"*\"}");
        user.createKey(_ -> {});
        assertThat(refused(
                        "AccessDeniedException",
                        () -> user.createKey(r ->
                                r.tags(Tag.builder().tagKey("a").tagValue("b").build()))))
                .contains("kms:TagResource");
    }

    @Test
    void anAliasIsChangedByWhoMayOnTheAliasAndOnTheKey() {
        String key = server.newKey();
        String alias = "alias/" + name;
        String onAlias = allow("kms:CreateAlias", KmsServer.aliasArn(alias));
        String onKey = allow("kms:CreateAlias", KmsServer.arn(key));

        refused(
                "AccessDeniedException",
                () -> server.user(name + "a", onAlias)
                        .createAlias(r -> r.aliasName(alias).targetKeyId(key)));
        refused(
                "AccessDeniedException",
                () -> server.user(name + "b", onKey)
                        .createAlias(r -> r.aliasName(alias).targetKeyId(key)));
        server.user(name + "c", onAlias + "," + onKey)
                .createAlias(r -> r.aliasName(alias).targetKeyId(key));
    }

    @Test
    void aCiphertextIsOpenedByWhoMayUseItsKeyOnly() {
        String key = server.newKey();
        SdkBytes blob = kms.encrypt(r -> r.keyId(key).plaintext(TEXT)).ciphertextBlob();
        String own = server.newKey();
        KmsClient user = server.user(name, allow("kms:Decrypt", KmsServer.arn(own)));

        refused("AccessDeniedException", () -> user.decrypt(r -> r.ciphertextBlob(blob)));
        refused(
                "IncorrectKeyException",
                () -> user.decrypt(r -> r.ciphertextBlob(blob).keyId(own)));
    }

    @Test
    void whoMayNotAskAboutAKeyIsNotToldWhetherItIsThere() {
        KmsClient user = server.user(name, "");
        String unknown = "00000000-0000-4000-8000-000000000000";
        refused("AccessDeniedException", () -> user.describeKey(r -> r.keyId(unknown)));
        refused("AccessDeniedException", () -> user.describeKey(r -> r.keyId(server.newKey())));
        refused("AccessDeniedException", () -> user.describeKey(r -> r.keyId("alias/nobodys")));
    }

    @Test
    void listsAreForWhoMayListOnly() {
        KmsClient user = server.user(name, "");
        refused("AccessDeniedException", () -> user.listKeys(_ -> {}));
        refused("AccessDeniedException", () -> user.listAliases(_ -> {}));
        refused("AccessDeniedException", () -> user.generateRandom(r -> r.numberOfBytes(8)));
        refused("AccessDeniedException", () -> user.createKey(_ -> {}));
    }

    private static String policy(String statements) {
        return "{\"Version\":\"2012-10-17\",\"Statement\":[" + statements + "]}";
    }

    private static String allow(String action, String resource) {
        return "{\"Effect\":\"Allow\",\"Action\":\"" + action + "\",\"Resource\":\"" + resource + "\"}";
    }
}
