package io.riacho.streams.wire;

import static io.riacho.streams.wire.WireServer.arn;
import static org.assertj.core.api.Assertions.assertThat;

import io.riacho.streams.TestKeyService;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.dataformat.cbor.CBORMapper;

/** StartStreamEncryption, StopStreamEncryption, and what they do to records. */
class StreamEncryptionTest {

    private static final CBORMapper CBOR = CBORMapper.builder().build();

    private final WireServer server = WireServer.shared();

    @SuppressWarnings("NullAway.Init")
    private String key;

    @BeforeEach
    void makeKey() {
        key = server.kms().create();
    }

    private WireAnswer start(String stream, String keyId) {
        return server.call("StartStreamEncryption", "StreamName", stream, "EncryptionType", "KMS", "KeyId", keyId);
    }

    private WireAnswer stop(String stream, String keyId) {
        return server.call("StopStreamEncryption", "StreamName", stream, "EncryptionType", "KMS", "KeyId", keyId);
    }

    private String encrypted(String keyId) {
        String stream = server.createStream(1);
        start(stream, keyId).isEmpty();
        server.awaitActive(stream);
        return stream;
    }

    private List<String> encryptionTypes(String stream) {
        List<String> types = new ArrayList<>();
        server.getRecords(server.iterator(stream, "0", "TRIM_HORIZON")).path("Records").values().stream()
                .map(record -> record.path("EncryptionType").asString("absent"))
                .forEach(types::add);
        return types;
    }

    private WireAnswer get(String stream) {
        return server.call("GetRecords", "ShardIterator", server.iterator(stream, "0", "TRIM_HORIZON"));
    }

    @Test
    void anEncryptedStreamSaysSoAndNamesItsKeyAsItWasGiven() {
        String stream = encrypted(TestKeyService.MANAGED);

        for (JsonNode described : List.of(server.describe(stream), server.summary(stream))) {
            assertThat(described.path("EncryptionType").asString()).isEqualTo("KMS");
            assertThat(described.path("KeyId").asString()).isEqualTo(TestKeyService.MANAGED);
        }
    }

    @Test
    void aStreamIsUpdatingUntilItIsEncrypted() {
        WireServer slow = WireServer.slow();
        String stream = slow.createStream(1);
        String arn = slow.kms().create();
        Object[] request = {"StreamARN", arn(stream), "EncryptionType", "KMS", "KeyId", arn};

        slow.call("StartStreamEncryption", request).isEmpty();

        assertThat(slow.summary(stream).path("StreamStatus").asString()).isEqualTo("UPDATING");
        slow.call("StartStreamEncryption", request)
                .isErrorLike("ResourceInUseException", stream, "not ACTIVE", "UPDATING");
        slow.call("StopStreamEncryption", request).isErrorLike("ResourceInUseException", stream, "UPDATING");
        slow.awaitActive(stream);
        assertThat(slow.summary(stream).path("KeyId").asString()).isEqualTo(arn);
    }

    @Test
    void answersSayWhatIsEncryptedInJsonAndInCbor() {
        String stream = encrypted(key);
        byte[] data = {1, 2, 3};
        // Members in an order that the fast path does not know, or escapes, are read the general way.
        JsonNode one = server.call("PutRecord", "StreamName", stream, "PartitionKey", "k", "Data", "AQID")
                .json();
        JsonNode general = server.call(
                        "PutRecords",
                        "{\"Records\":[{\"PartitionKey\":\"k\\u0041\",\"Data\":\"AQID\"}],\"StreamName\":\"" + stream
                                + "\"}")
                .json();
        JsonNode oneInCbor =
                CBOR.readTree(server.callCbor("PutRecord", "StreamName", stream, "PartitionKey", "k", "Data", data)
                        .body());
        JsonNode manyInCbor = CBOR.readTree(server.callCbor(
                        "PutRecords",
                        "StreamName",
                        stream,
                        "Records",
                        List.of(WireServer.object("PartitionKey", "k", "Data", data)))
                .body());

        for (JsonNode answer : List.of(one, general, oneInCbor, manyInCbor)) {
            assertThat(answer.path("EncryptionType").asString())
                    .as("%s", answer)
                    .isEqualTo("KMS");
        }
        assertThat(encryptionTypes(stream)).containsExactly("KMS", "KMS", "KMS", "KMS");
        JsonNode inCbor = CBOR.readTree(
                server.callCbor("GetRecords", "ShardIterator", server.iterator(stream, "0", "TRIM_HORIZON"))
                        .body());
        assertThat(inCbor.path("Records").size()).isEqualTo(4);
        for (JsonNode record : inCbor.path("Records").values()) {
            assertThat(record.path("EncryptionType").asString()).isEqualTo("KMS");
            assertThat(record.propertyNames())
                    .containsExactlyInAnyOrder(
                            "SequenceNumber", "ApproximateArrivalTimestamp", "Data", "PartitionKey", "EncryptionType");
        }
    }

    @Test
    void recordsStayWhatTheyAreWhenEncryptionIsTurnedOnAndOff() {
        String stream = server.createStream(1);
        assertThat(server.put(stream, "plain").has("EncryptionType")).isFalse();
        start(stream, key).isEmpty();
        server.awaitActive(stream);
        server.put(stream, "encrypted");
        stop(stream, key).isEmpty();
        server.awaitActive(stream);
        assertThat(server.put(stream, "plain again").has("EncryptionType")).isFalse();

        assertThat(encryptionTypes(stream)).containsExactly("absent", "KMS", "absent");
        assertThat(server.summary(stream).path("EncryptionType").asString()).isEqualTo("NONE");
        assertThat(server.summary(stream).has("KeyId")).isFalse();
    }

    @Test
    void theKeyMayBeChanged() {
        String stream = encrypted(key);
        server.put(stream, "a");
        String next = server.kms().create();
        start(stream, next).isEmpty();
        server.awaitActive(stream);
        server.put(stream, "b");

        assertThat(server.summary(stream).path("KeyId").asString()).isEqualTo(next);
        assertThat(encryptionTypes(stream)).containsExactly("KMS", "KMS");
    }

    @Test
    void childrenOfAnEncryptedStreamAreEncrypted() {
        String stream = encrypted(key);
        server.put(stream, "of the parent");
        server.call(
                        "SplitShard",
                        "StreamName",
                        stream,
                        "ShardToSplit",
                        "0",
                        "NewStartingHashKey",
                        "170141183460469231731687303715884105728")
                .isEmpty();
        server.awaitActive(stream);
        String shard = server.put(stream, "of a child").path("ShardId").asString();

        JsonNode records = server.getRecords(server.iterator(stream, shard, "TRIM_HORIZON"))
                .path("Records");
        assertThat(records.get(0).path("EncryptionType").asString()).isEqualTo("KMS");
        assertThat(records.get(0).path("PartitionKey").asString()).isEqualTo("of a child");
    }

    @Test
    void aKeyThatIsDisabledStopsPutsAndReadsAndNothingElse() {
        String stream = encrypted(key);
        server.put(stream, "a");
        String other = encrypted(TestKeyService.MANAGED);
        server.kms().state(key, "Disabled");
        String data = Base64.getEncoder().encodeToString("b".getBytes(StandardCharsets.UTF_8));
        List<Object> records = List.of(WireServer.object("PartitionKey", "b", "Data", data));

        WireServer.await(() -> get(stream).errorType().equals("KMSDisabledException"));
        server.call("PutRecord", "StreamName", stream, "PartitionKey", "b", "Data", data)
                .isErrorLike("KMSDisabledException", key);
        server.call("PutRecords", "StreamName", stream, "Records", records).isErrorLike("KMSDisabledException", key);
        get(stream).isErrorLike("KMSDisabledException", key);
        server.put(other, "goes on");

        server.kms().state(key, "Enabled");
        WireServer.await(() -> get(stream).status() == 200);
        assertThat(encryptionTypes(stream)).containsExactly("KMS");
    }

    @Test
    void recordsBeforeThoseWhoseKeyIsGoneAreStillRead() {
        String stream = encrypted(TestKeyService.MANAGED);
        server.put(stream, "a");
        start(stream, key).isEmpty();
        server.awaitActive(stream);
        server.put(stream, "b");
        start(stream, TestKeyService.MANAGED).isEmpty();
        server.awaitActive(stream);
        server.kms().forget(key);

        WireServer.await(() -> encryptionTypes(stream).size() == 1);
        String next = server.getRecords(server.iterator(stream, "0", "TRIM_HORIZON"))
                .path("NextShardIterator")
                .asString();
        server.call("GetRecords", "ShardIterator", next).isErrorLike("KMSNotFoundException", key);
    }

    @Test
    void aKeyThatCannotBeUsedIsRefusedAtOnce() {
        String stream = server.createStream(1);
        String gone = "arn:aws:kms:eu-central-1:123456789012:key/none";
        start(stream, gone).isErrorLike("KMSNotFoundException", gone);
        start(stream, "alias/none").isErrorLike("KMSNotFoundException", "alias/none");
        server.kms().state(key, "Disabled");
        start(stream, key).isErrorLike("KMSDisabledException", key);
        String pending = server.kms().create();
        server.kms().state(pending, "PendingDeletion");
        start(stream, pending).isErrorLike("KMSInvalidStateException", pending, "PendingDeletion");
        assertThat(server.summary(stream).path("EncryptionType").asString()).isEqualTo("NONE");
        assertThat(server.summary(stream).path("StreamStatus").asString()).isEqualTo("ACTIVE");
    }

    @Test
    void aKeyWhosePolicyDoesNotLetTheCallerIsRefused() {
        server.kms().policy(key, """
                {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "kms:*", "Resource": "*",
                  "Principal": {"AWS": "arn:aws:iam::123456789012:user/somebody-else"}}]}""");

        start(server.createStream(1), key)
                .isErrorLike("KMSAccessDeniedException", "kms:GenerateDataKey", "on resource: " + key);
    }

    @Test
    void encryptionOfNoTypeAndOfUnknownOnesIsRefused() {
        String stream = server.createStream(1);
        for (String operation : List.of("StartStreamEncryption", "StopStreamEncryption")) {
            server.call(operation, "StreamName", stream, "EncryptionType", "NONE", "KeyId", key)
                    .isErrorLike("InvalidArgumentException", "NONE", "KMS");
            server.call(operation, "StreamName", stream, "EncryptionType", "ROT13", "KeyId", key)
                    .isErrorLike("ValidationException", "ROT13", "encryptionType");
            server.call(operation, "StreamName", stream, "EncryptionType", "KMS")
                    .isErrorLike("ValidationException", "keyId");
            server.call(operation, "StreamName", "none", "EncryptionType", "KMS", "KeyId", key)
                    .isErrorLike("ResourceNotFoundException", "none");
        }
    }

    @Test
    void stoppingNeedsTheKeyThatTheStreamHasButNotItsUse() {
        String stream = encrypted(key);
        stop(stream, TestKeyService.MANAGED).isErrorLike("InvalidArgumentException", key, TestKeyService.MANAGED);
        server.kms().forget(key);
        stop(stream, key).isEmpty();
        server.awaitActive(stream);
        stop(stream, key).isEmpty();
        assertThat(server.summary(stream).path("StreamStatus").asString()).isEqualTo("ACTIVE");
    }

    @Test
    void encryptionIsStartedTwentyFiveTimesADay() {
        String stream = server.createStream(1);
        for (int i = 0; i < 25; i++) {
            start(stream, key).isEmpty();
            server.awaitActive(stream);
        }
        start(stream, key).isErrorLike("LimitExceededException", stream, "25");
        server.clock().ahead(Duration.ofHours(24), () -> start(stream, key).isEmpty());
    }
}
