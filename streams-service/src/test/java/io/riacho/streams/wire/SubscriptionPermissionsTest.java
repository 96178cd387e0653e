package io.riacho.streams.wire;

import static io.riacho.streams.wire.EventStreamReader.header;
import static io.riacho.streams.wire.TestUsers.allowing;
import static io.riacho.streams.wire.TestUsers.statement;
import static io.riacho.streams.wire.WireServer.arn;
import static io.riacho.streams.wire.WireServer.object;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.net.http.HttpResponse;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import software.amazon.eventstream.Message;

@Timeout(60)
class SubscriptionPermissionsTest {

    private static final String SUBSCRIBE = "kinesis:SubscribeToShard";
    private static final String DENIED = "AccessDeniedException";

    private final WireServer server = WireServer.fanOut();
    private final String stream = server.createStream(1);
    private final String consumer = server.registerConsumer(stream, "reader");
    private final Map<String, Object> request =
            object("ConsumerARN", consumer, "ShardId", "0", "StartingPosition", object("Type", "LATEST"));

    /** A subscription that has begun. */
    private EventStreamReader subscribe(TestUsers.User user) {
        HttpResponse<InputStream> answer = server.subscribe(user, consumer, "0", object("Type", "LATEST"));
        assertThat(answer.statusCode()).isEqualTo(200);
        EventStreamReader events = new EventStreamReader(answer.body());
        events.message();
        return events;
    }

    private static Message last(EventStreamReader events) {
        Message last = events.message();
        while (header(last, ":message-type").equals("event")) {
            last = events.message();
        }
        assertThat(events.next()).isNull();
        return last;
    }

    @Test
    void toSubscribeNeedsThePermissionOnTheConsumer() {
        TestUsers.User ofStream = server.users().with(allowing("kinesis:*", arn(stream)));
        TestUsers.User ofOther = server.users().with(allowing(SUBSCRIBE, arn(stream) + "/consumer/other:*"));
        TestUsers.User ofConsumer = server.users().with(allowing(SUBSCRIBE, consumer));

        assertThat(server.callAs(ofStream, "SubscribeToShard", request).errorType())
                .isEqualTo(DENIED);
        assertThat(server.callAs(ofOther, "SubscribeToShard", request).errorType())
                .isEqualTo(DENIED);
        subscribe(ofConsumer).close();
    }

    @Test
    void whoMayNotSubscribeIsNotToldWhetherThereIsAConsumer() {
        TestUsers.User user = server.users().with();
        Map<String, Object> none = object(
                "ConsumerARN",
                arn(stream) + "/consumer/none:1",
                "ShardId",
                "0",
                "StartingPosition",
                object("Type", "LATEST"));

        assertThat(server.callAs(user, "SubscribeToShard", none).errorType()).isEqualTo(DENIED);
    }

    @Test
    void aPolicyThatIsTakenAwayEndsTheSubscription() {
        TestUsers.User user = server.users().with(allowing(SUBSCRIBE, consumer));
        try (EventStreamReader events = subscribe(user)) {
            server.users().change(user, statement("Deny", SUBSCRIBE, "*"));

            Message last = last(events);

            assertThat(header(last, ":message-type")).isEqualTo("error");
            assertThat(header(last, ":error-code")).isEqualTo(DENIED);
            assertThat(header(last, ":error-message")).contains(user.arn(), SUBSCRIBE);
        }
    }

    @Test
    void anAccessKeyThatIsTakenAwayEndsTheSubscription() {
        TestUsers.User user = server.users().with(allowing(SUBSCRIBE, consumer));
        try (EventStreamReader events = subscribe(user)) {
            server.users().revoke(user);

            assertThat(header(last(events), ":error-code")).isEqualTo("UnrecognizedClientException");
        }
    }

    @Test
    void aStrangerIsLetInByTheConsumersPolicyForAsLongAsItStands() {
        TestUsers.User stranger = server.users().of("999999999999", allowing(SUBSCRIBE, "*"));
        String policy = "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\","
                + "\"Principal\":{\"AWS\":\"999999999999\"},\"Action\":\"" + SUBSCRIBE + "\",\"Resource\":\"" + consumer
                + "\"}]}";

        assertThat(server.callAs(stranger, "SubscribeToShard", request).errorType())
                .isEqualTo(DENIED);
        server.call("PutResourcePolicy", "ResourceARN", consumer, "Policy", policy)
                .isEmpty();
        try (EventStreamReader events = subscribe(stranger)) {
            server.call("DeleteResourcePolicy", "ResourceARN", consumer).isEmpty();

            assertThat(header(last(events), ":error-code")).isEqualTo(DENIED);
        }
    }

    @Test
    void whoMayNotDecryptMayNotSubscribeToAnEncryptedStream() {
        encrypt();
        TestUsers.User without = server.users().with(allowing(SUBSCRIBE, consumer));
        TestUsers.User with = server.users().with(allowing(SUBSCRIBE, consumer), allowing("kms:Decrypt", "*"));

        assertThat(server.callAs(without, "SubscribeToShard", request).errorType())
                .isEqualTo("KMSAccessDeniedException");
        subscribe(with).close();
    }

    @Test
    void recordsUnderAKeyThatTheCallerMayNotUseAreNotGivenThoughTheStreamHasAnotherByNow() {
        encrypt();
        server.put(stream, "under the first key");
        String second = encrypt();
        TestUsers.User user = server.users().with(allowing(SUBSCRIBE, consumer), allowing("kms:Decrypt", second));

        HttpResponse<InputStream> answer = server.subscribe(user, consumer, "0", object("Type", "TRIM_HORIZON"));
        try (EventStreamReader events = new EventStreamReader(answer.body())) {
            events.message();

            assertThat(header(events.message(), ":exception-type")).isEqualTo("KMSAccessDeniedException");
        }
    }

    @Test
    void aKeyThatIsDisabledEndsTheSubscription() {
        String key = encrypt();
        try (EventStreamReader events = subscribe(server.users().root())) {
            server.kms().state(key, "Disabled");

            Message last = last(events);

            assertThat(header(last, ":exception-type")).isEqualTo("KMSDisabledException");
        }
        assertThat(server.call("SubscribeToShard", request).errorType()).isEqualTo("KMSDisabledException");
    }

    @Test
    void encryptedRecordsComeDecryptedAndSaySo() {
        encrypt();
        try (EventStreamReader events = subscribe(server.users().root())) {
            server.call("PutRecord", "StreamName", stream, "PartitionKey", "k", "Data", "AQID")
                    .json();

            Message event = events.message();
            while (EventStreamReader.json(event).path("Records").isEmpty()) {
                event = events.message();
            }
            assertThat(EventStreamReader.json(event)
                            .path("Records")
                            .path(0)
                            .path("Data")
                            .asString())
                    .isEqualTo("AQID");
            assertThat(EventStreamReader.json(event)
                            .path("Records")
                            .path(0)
                            .path("EncryptionType")
                            .asString())
                    .isEqualTo("KMS");
        }
    }

    private String encrypt() {
        String key = server.kms().create();
        server.call("StartStreamEncryption", "StreamName", stream, "EncryptionType", "KMS", "KeyId", key)
                .isEmpty();
        server.awaitActive(stream);
        return key;
    }
}
