package io.riacho.compatibility;

import static org.assertj.core.api.Assertions.assertThat;

import io.riacho.compatibility.RawClient.Answer;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.kinesis.model.Record;
import tools.jackson.databind.JsonNode;

/** AWS's answers as they were recorded or published: the members that are there and, as much, those that are not. */
final class RecordedFactsTest {

    private static final String FIRST_SHARD = "shardId-000000000000";

    @RegisterExtension
    static final TestServer SERVER = TestServer.asDelivered();

    private TestStreams streams;
    private RawClient raw;

    @BeforeEach
    void connect() {
        streams = new TestStreams(SERVER.target());
        raw = new RawClient(SERVER.target());
    }

    @AfterEach
    void disconnect() {
        raw.close();
        streams.close();
    }

    @Test
    void aFreshStreamsDescriptionHasExactlyTheseMembers() {
        String name = streams.create(1);
        Answer answer = succeed("DescribeStream", "{'StreamName':'%s'}", name);
        assertThat(names(answer.body())).containsExactly("StreamDescription");
        JsonNode stream = answer.at("/StreamDescription");
        assertThat(names(stream))
                .containsExactlyInAnyOrder(
                        "EncryptionType",
                        "EnhancedMonitoring",
                        "HasMoreShards",
                        "RetentionPeriodHours",
                        "Shards",
                        "StreamARN",
                        "StreamCreationTimestamp",
                        "StreamModeDetails",
                        "StreamName",
                        "StreamStatus");
        assertThat(stream.at("/EncryptionType").asString()).isEqualTo("NONE");
        assertThat(stream.at("/EnhancedMonitoring").toString()).isEqualTo("[{\"ShardLevelMetrics\":[]}]");
        assertThat(stream.at("/RetentionPeriodHours").asInt()).isEqualTo(24);
        assertThat(stream.at("/HasMoreShards").isBoolean()).isTrue();
    }

    @Test
    void aNewShardHasExactlyTheseMembers() {
        String name = streams.create(1);
        JsonNode shard = succeed("DescribeStream", "{'StreamName':'%s'}", name).at("/StreamDescription/Shards/0");
        assertThat(names(shard)).containsExactlyInAnyOrder("ShardId", "HashKeyRange", "SequenceNumberRange");
        assertThat(names(shard.at("/SequenceNumberRange"))).containsExactly("StartingSequenceNumber");
        assertThat(names(shard.at("/HashKeyRange"))).containsExactlyInAnyOrder("StartingHashKey", "EndingHashKey");
    }

    /** Newer SDKs leave the custom endpoint for AWS's own host once they have seen a stream's id. */
    @Test
    void aSummaryNeverHasAStreamId() {
        String name = streams.create(1);
        Answer answer = succeed("DescribeStreamSummary", "{'StreamName':'%s'}", name);
        assertThat(names(answer.at("/StreamDescriptionSummary")))
                .doesNotContain("StreamId")
                .contains(
                        "ConsumerCount",
                        "EncryptionType",
                        "EnhancedMonitoring",
                        "OpenShardCount",
                        "RetentionPeriodHours",
                        "StreamARN",
                        "StreamCreationTimestamp",
                        "StreamModeDetails",
                        "StreamName",
                        "StreamStatus");
    }

    @Test
    void aNameAloneMakesAnOnDemandStreamOfFourShards() {
        String name = streams.unusedName();
        Answer created = succeed("CreateStream", "{'StreamName':'%s'}", name);
        assertThat(created.body().isMissingNode()).as("no body").isTrue();
        streams.awaitActive(name);
        JsonNode stream =
                succeed("DescribeStreamSummary", "{'StreamName':'%s'}", name).at("/StreamDescriptionSummary");
        assertThat(stream.at("/StreamModeDetails/StreamMode").asString()).isEqualTo("ON_DEMAND");
        assertThat(stream.at("/OpenShardCount").asInt()).isEqualTo(4);
    }

    @Test
    void answersOfTheRecordPathHaveExactlyTheseMembers() {
        String name = streams.create(1);
        Answer put = succeed("PutRecord", "{'StreamName':'%s','PartitionKey':'k','Data':'aGVsbG8='}", name);
        assertThat(names(put.body())).containsExactlyInAnyOrder("ShardId", "SequenceNumber");

        Answer batch =
                succeed("PutRecords", "{'StreamName':'%s','Records':[{'PartitionKey':'k','Data':'aGVsbG8='}]}", name);
        assertThat(names(batch.body())).containsExactlyInAnyOrder("FailedRecordCount", "Records");
        assertThat(names(batch.at("/Records/0"))).containsExactlyInAnyOrder("ShardId", "SequenceNumber");
        assertThat(batch.at("/FailedRecordCount").asInt()).isZero();

        Answer got = getRecords(iterator(name, "TRIM_HORIZON"));
        assertThat(names(got.body())).containsExactlyInAnyOrder("Records", "NextShardIterator", "MillisBehindLatest");
        assertThat(names(got.at("/Records/0")))
                .containsExactlyInAnyOrder("SequenceNumber", "ApproximateArrivalTimestamp", "Data", "PartitionKey");
        assertThat(got.at("/Records/0/Data").asString()).isEqualTo("aGVsbG8=");
    }

    @Test
    void childShardsComeOnlyAtTheEndOfAClosedShardAndNoIteratorWithThem() {
        String name = streams.create(1);
        succeed(
                "SplitShard",
                "{'StreamName':'%s','ShardToSplit':'%s','NewStartingHashKey':'170141183460469231731687303715884105728'}",
                name,
                FIRST_SHARD);
        streams.awaitActive(name);
        Answer end = getRecords(iterator(name, "TRIM_HORIZON"));
        assertThat(names(end.body())).containsExactlyInAnyOrder("Records", "MillisBehindLatest", "ChildShards");
        assertThat(names(end.at("/ChildShards/0")))
                .containsExactlyInAnyOrder("ShardId", "ParentShards", "HashKeyRange");
        assertThat(end.at("/ChildShards/0/ParentShards").toString()).isEqualTo("[\"" + FIRST_SHARD + "\"]");
    }

    @Test
    void timesAreSecondsWithAFraction() {
        String name = streams.create(1);
        streams.put(name, "one");
        JsonNode time = getRecords(iterator(name, "TRIM_HORIZON")).at("/Records/0/ApproximateArrivalTimestamp");
        assertThat(time.isNumber()).isTrue();
        assertThat(time.decimalValue())
                .isBetween(
                        BigDecimal.valueOf(Instant.now().minusSeconds(120).getEpochSecond()),
                        BigDecimal.valueOf(Instant.now().plusSeconds(60).getEpochSecond()));
    }

    /** Two records are looked for whose times differ, if only by a millisecond. */
    @Test
    void atTimestampIsExactToTheMillisecond() {
        String name = streams.create(1);
        for (int i = 0; i < 20; i++) {
            streams.put(name, "record");
            Pause.milliseconds(2);
        }
        List<Record> records = streams.readAll(name, FIRST_SHARD, 20);
        long millis = records.get(10).approximateArrivalTimestamp().toEpochMilli();
        long expected = records.stream()
                .filter(record -> record.approximateArrivalTimestamp().toEpochMilli() >= millis)
                .count();
        String iterator = succeed(
                        "GetShardIterator",
                        "{'StreamName':'%s','ShardId':'%s','ShardIteratorType':'AT_TIMESTAMP','Timestamp':%s}",
                        name,
                        FIRST_SHARD,
                        BigDecimal.valueOf(millis, 3).toPlainString())
                .at("/ShardIterator")
                .asString();
        assertThat(expected).isLessThan(20);
        assertThat(getRecords(iterator).at("/Records").size()).isEqualTo((int) expected);
    }

    @Test
    void anIdleLatestIteratorGivesAnotherOneEachTime() {
        String name = streams.create(1);
        String iterator = iterator(name, "LATEST");
        Set<String> seen = new HashSet<>(Set.of(iterator));
        for (int i = 0; i < 3; i++) {
            iterator = getRecords(iterator).at("/NextShardIterator").asString();
            assertThat(seen.add(iterator)).as("a new iterator").isTrue();
        }
    }

    @Test
    void anIteratorCanBeUsedAgain() {
        String name = streams.create(1);
        streams.put(name, "one");
        String iterator = iterator(name, "TRIM_HORIZON");
        assertThat(getRecords(iterator).at("/Records"))
                .isEqualTo(getRecords(iterator).at("/Records"))
                .hasSize(1);
    }

    @Test
    void anIteratorInDoubleQuotesIsAccepted() {
        String name = streams.create(1);
        streams.put(name, "one");
        String quoted = "\\\"" + iterator(name, "TRIM_HORIZON") + "\\\"";
        assertThat(getRecords(quoted).at("/Records")).hasSize(1);
    }

    @Test
    void emptyDataIsLegal() {
        String name = streams.create(1);
        succeed("PutRecord", "{'StreamName':'%s','PartitionKey':'k','Data':''}", name);
        JsonNode data = getRecords(iterator(name, "TRIM_HORIZON")).at("/Records/0/Data");
        assertThat(data.isString()).isTrue();
        assertThat(data.asString()).isEmpty();
    }

    @Test
    void anErrorHasExactlyATypeAndAMessage() {
        String name = streams.unusedName();
        Answer answer = call("DescribeStream", "{'StreamName':'%s'}", name);
        assertThat(answer.status()).isEqualTo(400);
        assertThat(names(answer.body())).containsExactlyInAnyOrder("__type", "message");
        assertThat(answer.at("/__type").asString()).isEqualTo("ResourceNotFoundException");
        assertThat(answer.at("/message").asString()).matches("Stream " + name + " under account \\d{12} not found\\.");
    }

    @Test
    void aStreamNotFoundByItsArnIsNamedAllTheSame() {
        String name = streams.create(1);
        String other = streams.unusedName();
        String arn = streams.arn(name).replace(name, other);
        assertFailure(
                call("DescribeStreamSummary", "{'StreamARN':'%s'}", arn),
                "ResourceNotFoundException",
                "Stream " + other + " under account \\d{12} not found\\.");
    }

    @Test
    void everyAnswerHasRequestIdsAndTheRequestsContentType() {
        for (Answer answer : List.of(call("ListStreams", "{}"), call("DescribeStream", "{'StreamName':'no'}"))) {
            assertThat(answer.headers().firstValue("x-amzn-RequestId"))
                    .hasValueSatisfying(id -> assertThat(id).matches("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}"));
            assertThat(answer.headers().firstValue("x-amz-id-2")).isPresent();
            assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/x-amz-json-1.1");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "StreamName | 'any'",
                "StreamARN | 'arn:aws:kinesis:us-east-1:000000000000:stream/any'",
                "ExclusiveStartShardId | 'shardId-000000000000'",
            })
    void aTokenAndWhatItStandsForExcludeEachOther(String member, String value) {
        String name = streams.create(2);
        String token = succeed("ListShards", "{'StreamName':'%s','MaxResults':1}", name)
                .at("/NextToken")
                .asString();
        assertFailure(
                call("ListShards", "{'" + member + "':" + value + ",'NextToken':'%s'}", token),
                "InvalidArgumentException",
                "NextToken and " + member + " cannot be provided together\\.");
    }

    @Test
    void aPageOfShardsHasATokenAndTheLastOneHasNone() {
        String name = streams.create(2);
        Answer first = succeed("ListShards", "{'StreamName':'%s','MaxResults':1}", name);
        assertThat(names(first.body())).containsExactlyInAnyOrder("Shards", "NextToken");
        Answer last = succeed(
                "ListShards",
                "{'NextToken':'%s','MaxResults':1}",
                first.at("/NextToken").asString());
        assertThat(names(last.body())).containsExactly("Shards");
    }

    @Test
    void severalErrorsComeInOneMessage() {
        assertFailure(
                call("PutRecords", "{'StreamName':'not a name','Records':[{'Data':'','PartitionKey':''}]}"),
                "ValidationException",
                "2 validation errors detected: .*; .*");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "PutRecords | {'StreamName':'s','Records':[{'Data':'','PartitionKey':'k'},{'Data':'','PartitionKey':''},{'Data':''}]} |"
                        + " Value '' at 'records.2.member.partitionKey' failed to satisfy constraint: Member must have length greater"
                        + " than or equal to 1",
                "PutRecords | {'StreamName':'s','Records':[{'Data':''}]} |"
                        + " Value null at 'records.1.member.partitionKey' failed to satisfy constraint: Member must not be null",
                "CreateStream | {'StreamName':'s','ShardCount':0} |"
                        + " Value '0' at 'shardCount' failed to satisfy constraint: Member must have value greater than or equal to 1",
                "GetShardIterator | {'StreamName':'s','ShardId':'s','ShardIteratorType':'NEWEST'} |"
                        + " Value 'NEWEST' at 'shardIteratorType' failed to satisfy constraint: Member must satisfy enum value set: [",
                "GetRecords | {'ShardIterator':'s','Limit':10001} |"
                        + " Value '10001' at 'limit' failed to satisfy constraint: Member must have value less than or equal to 10000",
            })
    void aConstraintOfTheModelIsNamedAsAwsNamesIt(String operation, String request, String message) {
        Answer answer = call(operation, request);
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.at("/__type").asString()).isEqualTo("ValidationException");
        assertThat(answer.at("/message").asString()).contains(message);
    }

    @Test
    void anUnknownOperationIsSaidToBeUnknown() {
        Answer answer = call("PutRecordz", "{}");
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.at("/__type").asString()).isEqualTo("UnknownOperationException");
    }

    @Test
    void aBodyThatIsNotJsonIsASerializationError() {
        for (String body : List.of("{", "[]", "{'StreamName':1}", "{'StreamName':'s'} x")) {
            Answer answer = call("DescribeStream", body);
            assertThat(answer.status()).as(body).isEqualTo(400);
            assertThat(answer.at("/__type").asString()).as(body).isEqualTo("SerializationException");
        }
    }

    private Answer getRecords(String iterator) {
        return succeed("GetRecords", "{'ShardIterator':'%s'}", iterator);
    }

    private String iterator(String name, String type) {
        return succeed(
                        "GetShardIterator",
                        "{'StreamName':'%s','ShardId':'%s','ShardIteratorType':'%s'}",
                        name,
                        FIRST_SHARD,
                        type)
                .at("/ShardIterator")
                .asString();
    }

    private Answer succeed(String operation, String json, Object... arguments) {
        Answer answer = call(operation, json, arguments);
        assertThat(answer.status()).as("%s: %s", operation, answer.body()).isEqualTo(200);
        return answer;
    }

    /** @param json with single quotes, and places for arguments */
    private Answer call(String operation, String json, Object... arguments) {
        return raw.call(operation, json.replace('\'', '"').formatted(arguments));
    }

    private static void assertFailure(Answer answer, String type, String message) {
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.at("/__type").asString()).isEqualTo(type);
        assertThat(answer.at("/message").asString()).matches(message);
    }

    private static List<String> names(JsonNode object) {
        return new ArrayList<>(object.propertyNames());
    }
}
