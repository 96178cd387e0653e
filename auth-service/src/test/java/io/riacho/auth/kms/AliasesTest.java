package io.riacho.auth.kms;

import static io.riacho.auth.kms.Failures.refused;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.kms.KmsClient;
import software.amazon.awssdk.services.kms.model.AliasListEntry;
import software.amazon.awssdk.services.kms.model.KeyManagerType;
import software.amazon.awssdk.services.kms.model.KeyMetadata;

class AliasesTest {

    private final KmsServer server = KmsServer.shared();
    private final KmsClient kms = server.root();

    @Test
    void anAliasNamesAKeyUntilItNamesAnother() {
        String first = server.newKey();
        String second = server.newKey();
        String alias = "alias/" + KmsServer.newName();

        kms.createAlias(r -> r.aliasName(alias).targetKeyId(first));
        assertThat(keyOf(alias)).isEqualTo(first);
        kms.updateAlias(r -> r.aliasName(alias).targetKeyId(second));
        assertThat(keyOf(alias)).isEqualTo(second);
        kms.deleteAlias(r -> r.aliasName(alias));
        refused("NotFoundException", () -> kms.describeKey(r -> r.keyId(alias)));
    }

    @Test
    void anAliasIsGivenOnce() {
        String alias = "alias/" + KmsServer.newName();
        kms.createAlias(r -> r.aliasName(alias).targetKeyId(server.newKey()));

        assertThat(refused(
                        "AlreadyExistsException",
                        () -> kms.createAlias(r -> r.aliasName(alias).targetKeyId(server.newKey()))))
                .isEqualTo("An alias with the name " + KmsServer.aliasArn(alias) + " already exists");
    }

    @Test
    void namesThatNoAliasMayHaveAreRefused() {
        String id = server.newKey();
        assertThat(refused(
                        "ValidationException",
                        () -> kms.createAlias(r -> r.aliasName("mine").targetKeyId(id))))
                .isEqualTo("Invalid identifier");
        refused(
                "ValidationException",
                () -> kms.createAlias(r -> r.aliasName("alias/a:b").targetKeyId(id)));
        refused(
                "NotAuthorizedException",
                () -> kms.createAlias(r -> r.aliasName("alias/aws/s3").targetKeyId(id)));
        refused("NotAuthorizedException", () -> kms.deleteAlias(r -> r.aliasName("alias/aws/kinesis")));
    }

    @Test
    void aliasesOfAKeyAreListed() {
        String id = server.newKey();
        List<String> names = IntStream.range(0, 3)
                .mapToObj(i -> "alias/" + KmsServer.newName() + "-" + i)
                .sorted()
                .toList();
        names.forEach(name -> kms.createAlias(r -> r.aliasName(name).targetKeyId(id)));

        assertThat(kms.listAliasesPaginator(r -> r.keyId(id).limit(2)).aliases().stream()
                        .map(AliasListEntry::aliasName)
                        .toList())
                .isEqualTo(names);
        assertThat(kms.listAliasesPaginator(r -> r.limit(1)).aliases().stream()
                        .map(AliasListEntry::aliasName)
                        .toList())
                .containsAll(names)
                .contains("alias/aws/kinesis");
    }

    @Test
    void aliasesGoWithTheirKey() {
        String id = server.newKey();
        String alias = "alias/" + KmsServer.newName();
        kms.createAlias(r -> r.aliasName(alias).targetKeyId(id));
        kms.scheduleKeyDeletion(r -> r.keyId(id).pendingWindowInDays(7));
        server.moveOn(Duration.ofDays(8));

        refused("NotFoundException", () -> kms.describeKey(r -> r.keyId(alias)));
    }

    @Test
    void theKeyOfKinesisIsMadeOnceHoweverManyAskForIt() throws Exception {
        KmsServer fresh = new KmsServer();
        try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
            Callable<String> ask =
                    () -> fresh.keyService().describe("alias/aws/kinesis").arn();
            List<String> arns = threads
                    .invokeAll(IntStream.range(0, 8).mapToObj(_ -> ask).toList())
                    .stream()
                    .map(future -> future.resultNow())
                    .distinct()
                    .toList();

            assertThat(arns).hasSize(1);
            assertThat(fresh.root().listKeys(_ -> {}).keys()).hasSize(1);
        } finally {
            fresh.stop();
        }
    }

    @Test
    void theKeyOfKinesisCanBeUsedByNobodyButKinesis() {
        KeyMetadata key = kms.describeKey(r -> r.keyId("alias/aws/kinesis")).keyMetadata();
        assertThat(key.keyManager()).isEqualTo(KeyManagerType.AWS);
        assertThat(kms.getKeyRotationStatus(r -> r.keyId(key.keyId())).keyRotationEnabled())
                .isTrue();

        refused("AccessDeniedException", () -> kms.disableKey(r -> r.keyId(key.keyId())));
        refused("AccessDeniedException", () -> kms.scheduleKeyDeletion(r -> r.keyId(key.keyId())));
        refused(
                "AccessDeniedException",
                () -> kms.generateDataKey(r -> r.keyId("alias/aws/kinesis").numberOfBytes(32)));
    }

    private String keyOf(String alias) {
        return kms.describeKey(r -> r.keyId(alias)).keyMetadata().keyId();
    }
}
