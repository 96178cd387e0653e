package io.riacho.streams.wire;

import static io.riacho.streams.wire.WireServer.arn;
import static io.riacho.streams.wire.WireServer.object;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class ConsumersTest {

    private static final String DENIED = "AccessDeniedException";

    private final WireServer server = WireServer.shared();
    private final String stream = server.createStream(1);

    private WireAnswer register(String name) {
        return server.call("RegisterStreamConsumer", "StreamARN", arn(stream), "ConsumerName", name);
    }

    private List<String> names(WireAnswer answer) {
        return answer.json().path("Consumers").values().stream()
                .map(consumer -> consumer.path("ConsumerName").asString())
                .toList();
    }

    @Test
    void aConsumerIsNamedByItsStreamItsNameAndTheSecondOfItsRegistration() {
        JsonNode consumer = register("reader").json().path("Consumer");

        assertThat(WireAnswer.members(consumer))
                .containsExactly("ConsumerARN", "ConsumerCreationTimestamp", "ConsumerName", "ConsumerStatus");
        assertThat(consumer.path("ConsumerARN").asString())
                .isEqualTo(arn(stream) + "/consumer/reader:"
                        + consumer.path("ConsumerCreationTimestamp").asLong());
        assertThat(consumer.path("ConsumerStatus").asString()).isEqualTo("CREATING");
    }

    @Test
    void aConsumerIsDescribedByItsArnAndByItsNameWithItsStream() {
        String consumer = server.registerConsumer(stream, "reader");

        JsonNode byArn = server.call("DescribeStreamConsumer", "ConsumerARN", consumer)
                .json()
                .path("ConsumerDescription");
        JsonNode byName = server.call("DescribeStreamConsumer", "StreamARN", arn(stream), "ConsumerName", "reader")
                .json()
                .path("ConsumerDescription");

        assertThat(byArn).isEqualTo(byName);
        assertThat(byArn.path("StreamARN").asString()).isEqualTo(arn(stream));
        assertThat(WireAnswer.members(byArn))
                .containsExactly(
                        "ConsumerARN", "ConsumerCreationTimestamp", "ConsumerName", "ConsumerStatus", "StreamARN");
    }

    @Test
    void aRequestHasToMeanOneConsumer() {
        String consumer = server.registerConsumer(stream, "reader");
        server.registerConsumer(stream, "other");

        for (String operation : List.of("DescribeStreamConsumer", "DeregisterStreamConsumer")) {
            server.call(operation, object()).isErrorLike("InvalidArgumentException", "ConsumerARN");
            server.call(operation, "StreamARN", arn(stream)).isErrorLike("InvalidArgumentException");
            server.call(operation, "ConsumerName", "reader").isErrorLike("InvalidArgumentException");
            server.call(operation, "ConsumerARN", consumer, "StreamARN", arn(stream), "ConsumerName", "other")
                    .isErrorLike("InvalidArgumentException", consumer);
        }
    }

    @Test
    void aNameIsTakenOnceInAStream() {
        server.registerConsumer(stream, "reader");

        register("reader").isErrorLike("ResourceInUseException", "reader", "already exists");
        assertThat(server.registerConsumer(server.createStream(1), "reader")).contains("/consumer/reader:");
    }

    @Test
    void aConsumerThatIsDeregisteredIsDeletingAndThenGone() {
        WireServer slow = WireServer.slow();
        String name = slow.createStream(1);
        String consumer = slow.registerConsumer(name, "reader");

        slow.call("DeregisterStreamConsumer", "ConsumerARN", consumer).isEmpty();

        assertThat(slow.consumer(consumer).path("ConsumerStatus").asString()).isEqualTo("DELETING");
        slow.call("DeregisterStreamConsumer", "ConsumerARN", consumer)
                .isErrorLike("ResourceInUseException", "not in ACTIVE status");
        WireServer.await(() -> slow.call("DescribeStreamConsumer", "ConsumerARN", consumer)
                .errorType()
                .equals("ResourceNotFoundException"));
        assertThat(slow.summary(name).path("ConsumerCount").asInt()).isZero();
    }

    @Test
    void aConsumerThatIsBeingCreatedCannotSubscribe() {
        WireServer slow = WireServer.slow();
        String name = slow.createStream(1);
        String consumer = slow.call("RegisterStreamConsumer", "StreamARN", arn(name), "ConsumerName", "reader")
                .json()
                .path("Consumer")
                .path("ConsumerARN")
                .asString();

        slow.call(
                        "SubscribeToShard",
                        "ConsumerARN",
                        consumer,
                        "ShardId",
                        "0",
                        "StartingPosition",
                        object("Type", "LATEST"))
                .isErrorLike(
                        "ResourceInUseException", "Consumer reader with creation timestamp", "is not in ACTIVE status");
    }

    @Test
    void fiveConsumersAreCreatedAtOnceAndNoSixth() {
        WireServer slow = WireServer.slow();
        String name = slow.createStream(1);
        WireServer.await(() -> slow.call(
                        "RegisterStreamConsumer", "StreamARN", arn(name), "ConsumerName", "c" + System.nanoTime())
                .errorType()
                .equals("LimitExceededException"));

        long creating =
                slow.call("ListStreamConsumers", "StreamARN", arn(name)).json().path("Consumers").values().stream()
                        .filter(consumer ->
                                consumer.path("ConsumerStatus").asString().equals("CREATING"))
                        .count();
        assertThat(creating).isLessThanOrEqualTo(5);
        WireServer.await(() ->
                slow.call("ListStreamConsumers", "StreamARN", arn(name)).json().path("Consumers").values().stream()
                        .allMatch(consumer ->
                                consumer.path("ConsumerStatus").asString().equals("ACTIVE")));
    }

    @Test
    void aStreamHasTwentyConsumersAtTheMost() {
        for (int i = 0; i < 20; i++) {
            server.registerConsumer(stream, "reader-" + i);
        }

        register("reader-20").isErrorLike("LimitExceededException", stream, "20");
        assertThat(server.summary(stream).path("ConsumerCount").asInt()).isEqualTo(20);
    }

    @Test
    void consumersAreListedByNameInPages() {
        List.of("c", "a", "b").forEach(name -> server.registerConsumer(stream, name));

        WireAnswer first = server.call("ListStreamConsumers", "StreamARN", arn(stream), "MaxResults", 2);
        String token = first.json().path("NextToken").asString();
        WireAnswer second = server.call("ListStreamConsumers", "StreamARN", arn(stream), "NextToken", token);

        assertThat(names(first)).containsExactly("a", "b");
        assertThat(names(second)).containsExactly("c");
        assertThat(second.json().has("NextToken")).isFalse();
    }

    @Test
    void aTokenIsForOneStreamForFiveMinutes() {
        List.of("a", "b").forEach(name -> server.registerConsumer(stream, name));
        String token = server.call("ListStreamConsumers", "StreamARN", arn(stream), "MaxResults", 1)
                .json()
                .path("NextToken")
                .asString();

        server.call("ListStreamConsumers", "StreamARN", arn(server.createStream(1)), "NextToken", token)
                .isErrorLike("InvalidArgumentException", "NextToken");
        server.clock()
                .ahead(
                        Duration.ofMinutes(6),
                        () -> server.call("ListStreamConsumers", "StreamARN", arn(stream), "NextToken", token)
                                .isErrorLike("ExpiredNextTokenException"));
    }

    @Test
    void aStreamWithConsumersIsDeletedOnlyWithThem() {
        String consumer = server.registerConsumer(stream, "reader");

        server.call("DeleteStream", "StreamName", stream).isErrorLike("ResourceInUseException", stream);
        server.call("DeleteStream", "StreamName", stream, "EnforceConsumerDeletion", true)
                .isEmpty();

        server.awaitGone(stream);
        assertThat(server.call("DescribeStreamConsumer", "ConsumerARN", consumer)
                        .errorType())
                .isEqualTo("ResourceNotFoundException");
    }

    @Test
    void aConsumerIsTaggedWhenItIsRegisteredAndAfterwards() {
        String consumer = server.call(
                        "RegisterStreamConsumer",
                        "StreamARN",
                        arn(stream),
                        "ConsumerName",
                        "reader",
                        "Tags",
                        Map.of("team", "a", "stage", "test"))
                .json()
                .path("Consumer")
                .path("ConsumerARN")
                .asString();
        server.call("TagResource", "ResourceARN", consumer, "Tags", Map.of("team", "b"))
                .isEmpty();
        server.call("UntagResource", "ResourceARN", consumer, "TagKeys", List.of("stage"))
                .isEmpty();

        assertThat(server.call("ListTagsForResource", "ResourceARN", consumer)
                        .json()
                        .path("Tags")
                        .toString())
                .isEqualTo("[{\"Key\":\"team\",\"Value\":\"b\"}]");
    }

    @Test
    void toRegisterATaggedConsumerIsToTagItToo() {
        String registering = TestUsers.allowing("kinesis:RegisterStreamConsumer", arn(stream));
        TestUsers.User registers = server.users().with(registering);
        TestUsers.User tags = server.users()
                .with(registering, TestUsers.allowing("kinesis:TagResource", arn(stream) + "/consumer/reader:*"));
        Map<String, Object> request =
                object("StreamARN", arn(stream), "ConsumerName", "reader", "Tags", Map.of("team", "a"));

        assertThat(server.callAs(registers, "RegisterStreamConsumer", request).errorType())
                .isEqualTo(DENIED);
        server.callAs(tags, "RegisterStreamConsumer", request).json();
    }

    @Test
    void aConsumersTagsDecideAboutIt() {
        String consumer = server.registerConsumer(stream, "reader");
        TestUsers.User user = server.users().with("""
                {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "kinesis:*", "Resource": "*",
                  "Condition": {"StringEquals": {"aws:ResourceTag/team": "a"}}}]}""");

        assertThat(server.callAs(user, "DescribeStreamConsumer", object("ConsumerARN", consumer))
                        .errorType())
                .isEqualTo(DENIED);
        server.call("TagResource", "ResourceARN", consumer, "Tags", Map.of("team", "a"))
                .isEmpty();
        server.callAs(user, "DescribeStreamConsumer", object("ConsumerARN", consumer))
                .json();
    }

    @Test
    void whoMayDescribeTheStreamMayNotDescribeItsConsumers() {
        String consumer = server.registerConsumer(stream, "reader");
        TestUsers.User ofStream = server.users().with(TestUsers.allowing("kinesis:*", arn(stream)));
        TestUsers.User ofConsumers = server.users().with(TestUsers.allowing("kinesis:*", arn(stream) + "/consumer/*"));
        Map<String, Object> byName = object("StreamARN", arn(stream), "ConsumerName", "reader");
        Map<String, Object> list = object("StreamARN", arn(stream));

        assertThat(server.callAs(ofStream, "DescribeStreamConsumer", byName).errorType())
                .isEqualTo(DENIED);
        assertThat(server.callAs(ofStream, "DeregisterStreamConsumer", object("ConsumerARN", consumer))
                        .errorType())
                .isEqualTo(DENIED);
        assertThat(server.callAs(ofConsumers, "ListStreamConsumers", list).errorType())
                .isEqualTo(DENIED);
        server.callAs(ofConsumers, "DescribeStreamConsumer", byName).json();
        server.callAs(ofStream, "ListStreamConsumers", list).json();
    }

    @Test
    void aConsumersPolicyIsKeptAndDecides() {
        String consumer = server.registerConsumer(stream, "reader");
        TestUsers.User user = server.users().with();
        String policy = "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Principal\":\"*\","
                + "\"Action\":\"kinesis:DescribeStreamConsumer\",\"Resource\":\"" + consumer + "\"}]}";

        assertThat(server.callAs(user, "DescribeStreamConsumer", object("ConsumerARN", consumer))
                        .errorType())
                .isEqualTo(DENIED);
        server.call("PutResourcePolicy", "ResourceARN", consumer, "Policy", policy)
                .isEmpty();
        assertThat(server.call("GetResourcePolicy", "ResourceARN", consumer)
                        .json()
                        .path("Policy")
                        .asString())
                .isEqualTo(policy);
        server.callAs(user, "DescribeStreamConsumer", object("ConsumerARN", consumer))
                .json();
        server.call("DeleteResourcePolicy", "ResourceARN", consumer).isEmpty();
        assertThat(server.callAs(user, "DescribeStreamConsumer", object("ConsumerARN", consumer))
                        .errorType())
                .isEqualTo(DENIED);
        server.call("DeleteResourcePolicy", "ResourceARN", consumer).isErrorLike("ResourceNotFoundException", consumer);
    }

    @Test
    void aConsumersPolicyIsAboutThatConsumer() {
        String consumer = server.registerConsumer(stream, "reader");
        String policy = "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Principal\":\"*\","
                + "\"Action\":\"kinesis:SubscribeToShard\",\"Resource\":\"" + arn(stream) + "\"}]}";

        server.call("PutResourcePolicy", "ResourceARN", consumer, "Policy", policy)
                .isErrorLike("InvalidArgumentException", consumer);
    }
}
