package io.riacho.streams.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A user who may do anything with one stream tries to get at another one by how it writes names and ARNs. */
class StreamTricksTest {

    private static final Set<String> REFUSALS = Set.of(
            "AccessDeniedException",
            "InvalidArgumentException",
            "ValidationException",
            "ResourceNotFoundException",
            "SerializationException");

    private static final WireServer SERVER = WireServer.shared();
    private static String own = "";
    private static String other = "";
    private static TestUsers.User user;

    @BeforeAll
    static void twoStreams() {
        own = SERVER.createStream(1);
        other = SERVER.createStream(1);
        user = SERVER.users().with(TestUsers.allowing("kinesis:*", WireServer.arn(own)));
    }

    private static void assertRefused(TestUsers.User who, String operation, Object... members) {
        WireAnswer answer = SERVER.callAs(who, operation, WireServer.object(members));

        assertThat(answer.status()).as(answer.toString()).isEqualTo(400);
        assertThat(answer.errorType()).as(answer.toString()).isIn(REFUSALS);
    }

    @Test
    void whatItMayIsServedAndTheOtherStreamIsNot() {
        assertThat(SERVER.callAs(user, "DescribeStreamSummary", WireServer.object("StreamARN", WireServer.arn(own)))
                        .status())
                .isEqualTo(200);
        assertRefused(user, "DescribeStreamSummary", "StreamARN", WireServer.arn(other));
        assertRefused(user, "DescribeStreamSummary", "StreamName", other);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "arn:aws-cn:kinesis:REGION:ACCOUNT:stream/NAME",
                "arn:aws-us-gov:kinesis:REGION:ACCOUNT:stream/NAME",
                "arn:awsx:kinesis:REGION:ACCOUNT:stream/NAME",
                "arn:aws:kinesis:us-east-1:ACCOUNT:stream/NAME",
                "arn:aws:kinesis::ACCOUNT:stream/NAME",
                "arn:aws:kinesis:*:ACCOUNT:stream/NAME",
                "arn:aws:kinesis:REGION:999999999999:stream/NAME",
                "arn:aws:kinesis:REGION:*:stream/NAME",
                "arn:aws:kinesis:REGION::stream/NAME",
                "arn:aws:firehose:REGION:ACCOUNT:stream/NAME",
                "arn:aws:firehose:REGION:ACCOUNT:deliverystream/NAME",
                "arn:aws:*:REGION:ACCOUNT:stream/NAME",
                "arn:aws:kinesis:REGION:ACCOUNT:stream/*",
                "arn:aws:kinesis:REGION:ACCOUNT:stream/?",
                "arn:aws:kinesis:REGION:ACCOUNT:*",
                "arn:aws:kinesis:REGION:ACCOUNT:stream/NAME*",
                "arn:aws:kinesis:REGION:ACCOUNT:stream/NAME/",
                "arn:aws:kinesis:REGION:ACCOUNT:stream//NAME",
                "arn:aws:kinesis:REGION:ACCOUNT:stream/./NAME",
                "arn:aws:kinesis:REGION:ACCOUNT:stream/x/../NAME",
                "arn:aws:kinesis:REGION:ACCOUNT:stream/%NAME",
                "arn:aws:kinesis:REGION:ACCOUNT:stream%2fNAME",
                "arn:aws:kinesis:REGION:ACCOUNT:stream:NAME",
                "arn:aws:kinesis:REGION:ACCOUNT:Stream/NAME",
                "ARN:AWS:KINESIS:REGION:ACCOUNT:STREAM/NAME",
                "arn:aws:kinesis:REGION:ACCOUNT:stream/NAME ",
                " arn:aws:kinesis:REGION:ACCOUNT:stream/NAME",
                "arn:aws:kinesis:REGION:ACCOUNT:stream/NAME\n",
                "arn:aws:kinesis:REGION:ACCOUNT:stream/NAME\u0000",
                "arn:aws:kinesis:REGION:ACCOUNT:stream/\u200bNAME",
                "arn:aws:kinesi\u0455:REGION:ACCOUNT:stream/NAME",
                "arn:aws:kinesis:REGION:\u0661\u0662\u0663\u0664\u0665\u0666\u0667\u0668\u0669\u0660\u0661\u0662:stream/NAME",
                "\uff41rn:aws:kinesis:REGION:ACCOUNT:stream/NAME",
                "arn:aws:kinesis:REGION:ACCOUNT:stream/NAME,arn:aws:kinesis:REGION:ACCOUNT:stream/NAME",
            })
    void anArnThatIsNotExactlyAStreamsNamesNoStream(String pattern) {
        for (String name : List.of(own, other)) {
            String arn = pattern.replace("REGION", WireServer.REGION)
                    .replace("ACCOUNT", WireServer.ACCOUNT)
                    .replace("NAME", name);
            for (TestUsers.User who : List.of(user, SERVER.users().root())) {
                assertRefused(who, "DescribeStreamSummary", "StreamARN", arn);
                assertRefused(who, "PutRecord", "StreamARN", arn, "PartitionKey", "k", "Data", "");
                assertRefused(
                        who,
                        "PutRecords",
                        "StreamARN",
                        arn,
                        "Records",
                        List.of(WireServer.object("PartitionKey", "k", "Data", "")));
                assertRefused(who, "ListTagsForResource", "ResourceARN", arn);
                assertRefused(who, "GetResourcePolicy", "ResourceARN", arn);
                assertRefused(who, "ListShards", "StreamARN", arn);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "NAME/../OTHER",
                "*",
                "OTHER*",
                "OTHER?",
                "OTHER ",
                " OTHER",
                "OTHER\n",
                "OTHER\u0000",
                "\u200bOTHER",
                "./OTHER",
                "%OTHER",
                "\uff53tream-1",
                "\u0455tream-1",
                "STREAM-1"
            })
    void aNameThatIsNotExactlyAStreamsNamesNoStream(String pattern) {
        String name = pattern.replace("NAME", own).replace("OTHER", other);

        for (TestUsers.User who : List.of(user, SERVER.users().root())) {
            assertRefused(who, "DescribeStreamSummary", "StreamName", name);
            assertRefused(who, "PutRecord", "StreamName", name, "PartitionKey", "k", "Data", "");
        }
    }

    @Test
    void aNameAndAnArnThatContradictEachOtherAreRefused() {
        for (TestUsers.User who : List.of(user, SERVER.users().root())) {
            for (String operation :
                    List.of("DescribeStreamSummary", "DescribeStream", "ListShards", "ListTagsForStream")) {
                assertRefused(who, operation, "StreamName", own, "StreamARN", WireServer.arn(other));
                assertRefused(who, operation, "StreamName", other, "StreamARN", WireServer.arn(own));
            }
            assertRefused(
                    who,
                    "PutRecord",
                    "StreamName",
                    own,
                    "StreamARN",
                    WireServer.arn(other),
                    "PartitionKey",
                    "k",
                    "Data",
                    "");
            assertRefused(
                    who,
                    "PutRecords",
                    "StreamName",
                    other,
                    "StreamARN",
                    WireServer.arn(own),
                    "Records",
                    List.of(WireServer.object("PartitionKey", "k", "Data", "")));
        }
    }

    @Test
    void aMemberThatIsThereTwiceIsDecidedOnAndServedAsTheSame() {
        String twice = "{\"StreamName\":\"" + own + "\",\"StreamName\":\"" + other + "\"}";
        WireAnswer answer = SERVER.callAs(user, "DescribeStreamSummary", twice);

        if (answer.status() == 200) {
            assertThat(answer.text()).contains(WireServer.arn(own)).doesNotContain(WireServer.arn(other));
        } else {
            assertThat(answer.errorType()).isIn(REFUSALS);
        }
    }

    @Test
    void anIteratorOfAnotherStreamIsOfNoUse() {
        String iterator = SERVER.iterator(other, "shardId-000000000000", "TRIM_HORIZON");

        assertRefused(user, "GetRecords", "ShardIterator", iterator);
        assertRefused(user, "GetRecords", "ShardIterator", iterator, "StreamARN", WireServer.arn(own));
        assertRefused(user, "GetRecords", "ShardIterator", iterator.substring(0, iterator.length() - 2) + "AA");
    }
}
