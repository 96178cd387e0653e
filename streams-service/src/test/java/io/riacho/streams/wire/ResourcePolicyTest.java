package io.riacho.streams.wire;

import static io.riacho.streams.wire.Texts.INVALID;
import static io.riacho.streams.wire.Texts.LIMIT;
import static io.riacho.streams.wire.Texts.NOT_FOUND;
import static io.riacho.streams.wire.WireServer.ACCOUNT;
import static io.riacho.streams.wire.WireServer.REGION;
import static io.riacho.streams.wire.WireServer.arn;
import static io.riacho.streams.wire.WireServer.object;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ResourcePolicyTest {

    private static final String DENIED = "AccessDeniedException";
    private static final String STRANGERS_ACCOUNT = "999988887777";

    private final WireServer server = WireServer.shared();
    private String stream = "";

    @BeforeEach
    void aStream() {
        stream = server.createStream(1);
    }

    /** A policy that lets everybody do it. */
    static String allowing(String stream, String action) {
        return statement("Allow", "\"*\"", action, "\"" + arn(stream) + "\"");
    }

    private static String statement(String effect, String principal, String action, String resource) {
        return "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"" + effect + "\",\"Principal\":" + principal
                + ",\"Action\":\"" + action + "\",\"Resource\":" + resource + "}]}";
    }

    @Test
    void aPolicyIsGivenBackAsItWasPutUntilItIsDeleted() {
        String policy = allowing(stream, "kinesis:ListShards");

        assertThat(get().json().path("Policy").asString()).isEqualTo("{}");
        put(policy).isEmpty();
        assertThat(get().json().path("Policy").asString()).isEqualTo(policy);
        delete().isEmpty();
        assertThat(get().json().path("Policy").asString()).isEqualTo("{}");
        delete().isError(NOT_FOUND, "No resource policy found for resource " + arn(stream) + ".");
    }

    @Test
    void aUserOfThisAccountIsLetInByThePolicyAloneAndAtOnceNoMore() {
        TestUsers.User user = server.users().with();
        Map<String, Object> records =
                object("StreamName", stream, "Records", List.of(object("PartitionKey", "k", "Data", "")));

        assertThat(server.callAs(user, "PutRecords", records).errorType()).isEqualTo(DENIED);
        put(statement("Allow", "{\"AWS\":\"" + user.arn() + "\"}", "kinesis:Put*", "\"" + arn(stream) + "\""))
                .isEmpty();
        server.callAs(user, "PutRecords", records).json();
        server.callAs(user, "PutRecord", object("StreamName", stream, "PartitionKey", "k", "Data", ""))
                .json();
        assertThat(server.callAs(user, "DescribeStream", object("StreamName", stream))
                        .errorType())
                .isEqualTo(DENIED);
        delete().isEmpty();
        assertThat(server.callAs(user, "PutRecords", records).errorType()).isEqualTo(DENIED);
    }

    @Test
    void aDenialByThePolicyCountsMoreThanWhatTheUserMay() {
        TestUsers.User user = server.users().with(TestUsers.allowing("kinesis:*", "*"));
        String iterator = server.iterator(stream, "0", "TRIM_HORIZON");

        server.callAs(user, "GetRecords", object("ShardIterator", iterator)).json();
        put(statement("Deny", "\"*\"", "kinesis:GetRecords", "\"" + arn(stream) + "\""))
                .isEmpty();
        server.callAs(user, "GetRecords", object("ShardIterator", iterator))
                .isError(
                        DENIED,
                        "User: " + user.arn() + " is not authorized to perform: kinesis:GetRecords on resource: "
                                + arn(stream) + " with an explicit deny in a resource-based policy");
    }

    @Test
    void aStrangerNeedsBothItsOwnPolicyAndTheStreams() {
        String action = "kinesis:PutRecord";
        TestUsers.User mayNothing = server.users().of(STRANGERS_ACCOUNT);
        TestUsers.User mayAll = server.users().of(STRANGERS_ACCOUNT, TestUsers.allowing(action, arn(stream)));
        Map<String, Object> record = object("StreamARN", arn(stream), "PartitionKey", "k", "Data", "");

        assertThat(server.callAs(mayAll, "PutRecord", record).errorType()).isEqualTo(DENIED);
        put(statement("Allow", "{\"AWS\":\"" + STRANGERS_ACCOUNT + "\"}", action, "\"" + arn(stream) + "\""))
                .isEmpty();
        server.callAs(mayAll, "PutRecord", record).json();
        assertThat(server.callAs(mayNothing, "PutRecord", record).errorType()).isEqualTo(DENIED);
    }

    @Test
    void thePolicyOfOneStreamSaysNothingOfAnother() {
        TestUsers.User user = server.users().with();
        put(allowing(stream, "kinesis:*")).isEmpty();
        String other = server.createStream(1);

        assertThat(server.callAs(user, "ListShards", object("StreamName", other))
                        .errorType())
                .isEqualTo(DENIED);
    }

    @Test
    void aPolicySeesTheStreamsTags() {
        TestUsers.User user = server.users().with();
        put("{\"Version\":\"2012-10-17\",\"Statement\":{\"Effect\":\"Allow\",\"Principal\":\"*\",\"Action\":"
                        + "\"kinesis:ListShards\",\"Resource\":\"" + arn(stream) + "\",\"Condition\":{\"StringEquals\":"
                        + "{\"aws:ResourceTag/open\":\"yes\"}}}}")
                .isEmpty();
        Map<String, Object> request = object("StreamName", stream);

        assertThat(server.callAs(user, "ListShards", request).errorType()).isEqualTo(DENIED);
        server.call("AddTagsToStream", "StreamName", stream, "Tags", object("open", "yes"))
                .isEmpty();
        server.callAs(user, "ListShards", request).json();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"*\"",
                "\"arn:aws:kinesis:" + REGION + ":" + ACCOUNT + ":stream/*\"",
                "\"arn:aws:kinesis:" + REGION + ":" + ACCOUNT + ":stream/another\"",
                "[]"
            })
    void aPolicyIsAboutItsOwnStreamOnly(String resource) {
        put(statement("Allow", "\"*\"", "kinesis:PutRecord", resource)).isErrorLike(INVALID, "Policy is not valid.");
        assertThat(get().json().path("Policy").asString()).isEqualTo("{}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{}",
                "[]",
                "null",
                "{\"Version\":\"2012-10-17\",\"Statement\":[]}",
                "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Action\":\"*\",\"Resource\":\"*\"}]}",
                "{\"Version\":\"2013-10-17\",\"Statement\":[]}"
            })
    void whatIsNoResourcePolicyIsRefused(String text) {
        put(text).isErrorLike(INVALID, "Policy is not valid.");
    }

    @Test
    void aPolicyHasTwentyKibibytesAtMost() {
        String policy = allowing(stream, "kinesis:ListShards");

        put(policy + " ".repeat(20 * 1024 - policy.length())).isEmpty();
        put(policy + " ".repeat(20 * 1024 + 1 - policy.length())).isErrorLike(LIMIT, "20480");
    }

    @Test
    void aStreamThatIsNotThereAndAConsumerHaveNoPolicy() {
        String missing = WireServer.newName();
        String consumer = arn(stream) + "/consumer/reader:1";

        server.call("GetResourcePolicy", "ResourceARN", arn(missing)).isError(NOT_FOUND, Texts.streamNotFound(missing));
        server.call("GetResourcePolicy", "ResourceARN", consumer)
                .isError(NOT_FOUND, "Consumer " + consumer + " not found.");
        server.call(
                        "PutResourcePolicy",
                        "ResourceARN",
                        consumer,
                        "Policy",
                        allowing(stream, "kinesis:SubscribeToShard"))
                .isError(NOT_FOUND, "Consumer " + consumer + " not found.");
        server.call("DeleteResourcePolicy", "ResourceARN", consumer)
                .isError(NOT_FOUND, "Consumer " + consumer + " not found.");
        assertThat(server.callAs(server.users().with(), "GetResourcePolicy", object("ResourceARN", consumer))
                        .message())
                .endsWith("kinesis:GetResourcePolicy on resource: " + consumer
                        + " because no identity-based policy allows the kinesis:GetResourcePolicy action");
    }

    private WireAnswer put(String policy) {
        return server.call("PutResourcePolicy", "ResourceARN", arn(stream), "Policy", policy);
    }

    private WireAnswer get() {
        return server.call("GetResourcePolicy", "ResourceARN", arn(stream));
    }

    private WireAnswer delete() {
        return server.call("DeleteResourcePolicy", "ResourceARN", arn(stream));
    }
}
