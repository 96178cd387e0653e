package io.riacho.auth.kms;

import static io.riacho.auth.kms.Failures.refused;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.kms.KmsClient;
import software.amazon.awssdk.services.kms.model.CreateGrantResponse;
import software.amazon.awssdk.services.kms.model.GrantListEntry;
import software.amazon.awssdk.services.kms.model.GrantOperation;

class GrantsTest {

    private static final SdkBytes TEXT = SdkBytes.fromUtf8String("text");

    private final KmsServer server = KmsServer.shared();
    private final KmsClient kms = server.root();
    private final String key = server.newKey();
    private final String name = KmsServer.newName();
    private final KmsClient user = server.user(name, "");

    @Test
    void aGrantLetsItsGranteeDoWhatItSaysUntilItIsRevoked() {
        refused("AccessDeniedException", () -> user.encrypt(r -> r.keyId(key).plaintext(TEXT)));
        CreateGrantResponse grant = grant(GrantOperation.ENCRYPT, GrantOperation.DESCRIBE_KEY);

        user.encrypt(r -> r.keyId(key).plaintext(TEXT).grantTokens(grant.grantToken()));
        user.describeKey(r -> r.keyId(key));
        refused(
                "AccessDeniedException",
                () -> user.generateDataKey(r -> r.keyId(key).numberOfBytes(8)));
        refused(
                "AccessDeniedException",
                () -> server.user(KmsServer.newName(), "")
                        .encrypt(r -> r.keyId(key).plaintext(TEXT).grantTokens(grant.grantToken())));

        kms.revokeGrant(r -> r.keyId(key).grantId(grant.grantId()));
        refused("AccessDeniedException", () -> user.encrypt(r -> r.keyId(key).plaintext(TEXT)));
        refused("NotFoundException", () -> kms.revokeGrant(r -> r.keyId(key).grantId(grant.grantId())));
    }

    @Test
    void aGrantToARoleIsForItsSessions() {
        server.principals().addSession("reader-" + name, "session-" + name, "");
        KmsClient session = server.client("session-" + name);
        refused("AccessDeniedException", () -> session.encrypt(r -> r.keyId(key).plaintext(TEXT)));

        kms.createGrant(r -> r.keyId(key)
                .granteePrincipal(TestPrincipals.roleArn("reader-" + name))
                .operations(GrantOperation.ENCRYPT));
        session.encrypt(r -> r.keyId(key).plaintext(TEXT));
    }

    @Test
    void whatIsDeniedIsNotGranted() {
        KmsClient denied =
                server.user(name + "-denied", "{\"Effect\":\"Deny\",\"Action\":\"kms:Encrypt\",\"Resource\":\"*\"}");
        kms.createGrant(r -> r.keyId(key)
                .granteePrincipal(TestPrincipals.userArn(name + "-denied"))
                .operations(GrantOperation.ENCRYPT));
        assertThat(refused(
                        "AccessDeniedException",
                        () -> denied.encrypt(r -> r.keyId(key).plaintext(TEXT))))
                .contains("explicit deny");
    }

    @Test
    void aGrantMayAskForAnExactEncryptionContext() {
        kms.createGrant(r -> r.keyId(key)
                .granteePrincipal(TestPrincipals.userArn(name))
                .operations(GrantOperation.ENCRYPT)
                .constraints(c -> c.encryptionContextEquals(Map.of("a", "1"))));

        encrypt(Map.of("a", "1"));
        refused("AccessDeniedException", () -> encrypt(Map.of("a", "1", "b", "2")));
        refused("AccessDeniedException", () -> encrypt(Map.of("A", "1")));
        refused("AccessDeniedException", () -> encrypt(Map.of()));
    }

    @Test
    void aGrantMayAskForPartOfTheEncryptionContext() {
        kms.createGrant(r -> r.keyId(key)
                .granteePrincipal(TestPrincipals.userArn(name))
                .operations(GrantOperation.ENCRYPT)
                .constraints(c -> c.encryptionContextSubset(Map.of("a", "1"))));

        encrypt(Map.of("a", "1"));
        encrypt(Map.of("a", "1", "b", "2"));
        refused("AccessDeniedException", () -> encrypt(Map.of("b", "2")));
    }

    @Test
    void aGranteePassesOnNoMoreThanItHas() {
        kms.createGrant(r -> r.keyId(key)
                .granteePrincipal(TestPrincipals.userArn(name))
                .operations(GrantOperation.ENCRYPT, GrantOperation.CREATE_GRANT)
                .constraints(c -> c.encryptionContextSubset(Map.of("a", "1"))));
        String other = TestPrincipals.userArn(name + "-other");

        user.createGrant(r -> r.keyId(key)
                .granteePrincipal(other)
                .operations(GrantOperation.ENCRYPT)
                .constraints(c -> c.encryptionContextEquals(Map.of("a", "1", "b", "2"))));
        refused(
                "AccessDeniedException",
                () -> user.createGrant(r -> r.keyId(key).granteePrincipal(other).operations(GrantOperation.ENCRYPT)));
        refused(
                "AccessDeniedException",
                () -> user.createGrant(r -> r.keyId(key)
                        .granteePrincipal(other)
                        .operations(GrantOperation.DECRYPT)
                        .constraints(c -> c.encryptionContextSubset(Map.of("a", "1")))));
    }

    @Test
    void aGrantIsRetiredByTheOneItNamesForThat() {
        CreateGrantResponse grant = kms.createGrant(r -> r.keyId(key)
                .granteePrincipal(TestPrincipals.userArn(name))
                .retiringPrincipal(TestPrincipals.userArn(name + "-retiring"))
                .operations(GrantOperation.ENCRYPT));
        refused("AccessDeniedException", () -> user.retireGrant(r -> r.grantToken(grant.grantToken())));

        KmsClient retiring = server.user(name + "-retiring", "");
        assertThat(kms.listRetirableGrants(r -> r.retiringPrincipal(TestPrincipals.userArn(name + "-retiring")))
                        .grants())
                .extracting(GrantListEntry::grantId)
                .containsExactly(grant.grantId());
        retiring.retireGrant(r -> r.grantToken(grant.grantToken()));
        assertThat(kms.listGrants(r -> r.keyId(key)).grants()).isEmpty();
    }

    @Test
    void aGranteeRetiresItsGrantWhereTheGrantLetsIt() {
        CreateGrantResponse grant = grant(GrantOperation.ENCRYPT, GrantOperation.RETIRE_GRANT);
        user.retireGrant(r -> r.keyId(KmsServer.arn(key)).grantId(grant.grantId()));
        assertThat(kms.listGrants(r -> r.keyId(key)).grants()).isEmpty();
    }

    @Test
    void grantsAreListedWithWhatTheySay() {
        List<String> ids = List.of(
                grant(GrantOperation.ENCRYPT).grantId(),
                grant(GrantOperation.ENCRYPT).grantId());
        assertThat(kms.listGrantsPaginator(r -> r.keyId(key).limit(1)).grants().stream()
                        .map(GrantListEntry::grantId)
                        .toList())
                .containsExactlyInAnyOrderElementsOf(ids);
        assertThat(kms.listGrants(r -> r.keyId(key).grantId(ids.getFirst())).grants())
                .singleElement()
                .satisfies(grant -> {
                    assertThat(grant.granteePrincipal()).isEqualTo(TestPrincipals.userArn(name));
                    assertThat(grant.operations()).containsExactly(GrantOperation.ENCRYPT);
                    assertThat(grant.keyId()).isEqualTo(KmsServer.arn(key));
                });
    }

    @Test
    void aNamedGrantThatIsAskedForAgainIsTheSame() {
        String first = named("once", GrantOperation.ENCRYPT);
        assertThat(named("once", GrantOperation.ENCRYPT)).isEqualTo(first);
        assertThat(named("once", GrantOperation.DECRYPT)).isNotEqualTo(first);
    }

    @Test
    void whatIsNoGrantIsRefused() {
        refused(
                "InvalidGrantTokenException",
                () -> user.encrypt(r -> r.keyId(key).plaintext(TEXT).grantTokens("bm90IG9uZSBvZiBvdXJz")));
        refused("ValidationException", () -> grant(GrantOperation.SIGN));
        refused(
                "InvalidArnException",
                () -> kms.createGrant(r ->
                        r.keyId(key).granteePrincipal("arn:aws:s3:::bucket").operations(GrantOperation.ENCRYPT)));
    }

    private String named(String grantName, GrantOperation operation) {
        return kms.createGrant(r -> r.keyId(key)
                        .name(grantName)
                        .granteePrincipal(TestPrincipals.userArn(name))
                        .operations(operation))
                .grantId();
    }

    private CreateGrantResponse grant(GrantOperation... operations) {
        return kms.createGrant(
                r -> r.keyId(key).granteePrincipal(TestPrincipals.userArn(name)).operations(operations));
    }

    private void encrypt(Map<String, String> context) {
        user.encrypt(r -> r.keyId(key).plaintext(TEXT).encryptionContext(context));
    }
}
