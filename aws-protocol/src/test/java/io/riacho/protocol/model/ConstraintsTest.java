package io.riacho.protocol.model;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.riacho.protocol.AwsException;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.ThrowableAssertAlternative;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.services.kinesis.model.AddTagsToStreamRequest;
import software.amazon.awssdk.services.kinesis.model.CreateStreamRequest;
import software.amazon.awssdk.services.kinesis.model.EnableEnhancedMonitoringRequest;
import software.amazon.awssdk.services.kinesis.model.GetShardIteratorRequest;
import software.amazon.awssdk.services.kinesis.model.ListShardsRequest;
import software.amazon.awssdk.services.kinesis.model.PutRecordRequest;
import software.amazon.awssdk.services.kinesis.model.PutRecordsRequest;
import software.amazon.awssdk.services.kinesis.model.PutRecordsRequestEntry;
import software.amazon.awssdk.services.kinesis.model.RegisterStreamConsumerRequest;
import software.amazon.awssdk.services.kinesis.model.RemoveTagsFromStreamRequest;

class ConstraintsTest {

    private final Constraints constraints = Constraints.of(ServiceModel.load("kinesis"));

    @Test
    void whatKeepsToTheModelPasses() {
        assertThatCode(() -> constraints.check(
                        "CreateStream",
                        CreateStreamRequest.builder()
                                .streamName("s")
                                .shardCount(1)
                                .tags(Map.of("a", ""))
                                .build()))
                .doesNotThrowAnyException();
    }

    @Test
    void aRequiredMemberIsMissing() {
        refuses("CreateStream", CreateStreamRequest.builder().build())
                .withMessage("1 validation error detected: Value null at 'streamName' failed to satisfy constraint:"
                        + " Member must not be null");
    }

    @Test
    void severalErrorsAreToldAtOnce() {
        refuses(
                        "CreateStream",
                        CreateStreamRequest.builder()
                                .streamName("")
                                .shardCount(0)
                                .build())
                .withMessage("3 validation errors detected: Value '' at 'streamName' failed to satisfy constraint:"
                        + " Member must satisfy regular expression pattern: [a-zA-Z0-9_.-]+; Value '' at 'streamName'"
                        + " failed to satisfy constraint: Member must have length greater than or equal to 1; Value '0'"
                        + " at 'shardCount' failed to satisfy constraint: Member must have value greater than or equal"
                        + " to 1");
    }

    @Test
    void aTextIsTooLong() {
        String name = "a".repeat(129);
        refuses("CreateStream", CreateStreamRequest.builder().streamName(name).build())
                .withMessage("1 validation error detected: Value '" + name + "' at 'streamName' failed to satisfy"
                        + " constraint: Member must have length less than or equal to 128");
    }

    @Test
    void lengthIsCountedInCharactersNotInTheirHalves() {
        String key = "\uD83D\uDE00".repeat(256);
        assertThatCode(() -> constraints.check("PutRecord", put(key, 0))).doesNotThrowAnyException();
    }

    @Test
    void aPatternMustMatchTheWholeValue() {
        refuses("CreateStream", CreateStreamRequest.builder().streamName("a b").build())
                .withMessageContaining("Value 'a b' at 'streamName' failed to satisfy constraint: Member must satisfy"
                        + " regular expression pattern: [a-zA-Z0-9_.-]+");
    }

    @Test
    void anEnumNamesItsValues() {
        refuses(
                        "GetShardIterator",
                        GetShardIteratorRequest.builder()
                                .shardId("s")
                                .shardIteratorType("SOON")
                                .build())
                .withMessage("1 validation error detected: Value 'SOON' at 'shardIteratorType' failed to satisfy"
                        + " constraint: Member must satisfy enum value set: [AT_SEQUENCE_NUMBER, AFTER_SEQUENCE_NUMBER,"
                        + " TRIM_HORIZON, LATEST, AT_TIMESTAMP]");
    }

    @Test
    void aBlobIsNotShown() {
        refuses("PutRecord", put("k", 10_485_761))
                .withMessage("1 validation error detected: Value at 'data' failed to satisfy constraint: Member must"
                        + " have length less than or equal to 10485760");
    }

    @Test
    void theElementsOfAListAreCountedFromOne() {
        refuses(
                        "PutRecords",
                        PutRecordsRequest.builder()
                                .streamName("s")
                                .records(
                                        entry("k"),
                                        PutRecordsRequestEntry.builder()
                                                .explicitHashKey("x")
                                                .build())
                                .build())
                .withMessage("3 validation errors detected: Value null at 'records.2.member.data' failed to satisfy"
                        + " constraint: Member must not be null; Value 'x' at 'records.2.member.explicitHashKey' failed"
                        + " to satisfy constraint: Member must satisfy regular expression pattern: 0|([1-9]\\d{0,38});"
                        + " Value null at 'records.2.member.partitionKey' failed to satisfy constraint: Member must not"
                        + " be null");
    }

    @Test
    void anElementMustNotBeNull() {
        refuses(
                        "PutRecords",
                        PutRecordsRequest.builder()
                                .records(Collections.singletonList((PutRecordsRequestEntry) null))
                                .build())
                .withMessage("1 validation error detected: Value null at 'records.1.member' failed to satisfy"
                        + " constraint: Member must not be null");
    }

    @Test
    void anEmptyListIsTooShort() {
        refuses("PutRecords", PutRecordsRequest.builder().records(List.of()).build())
                .withMessage("1 validation error detected: Value at 'records' failed to satisfy constraint: Member must"
                        + " have length greater than or equal to 1");
    }

    @Test
    void anAbsentListIsNull() {
        refuses("PutRecords", PutRecordsRequest.builder().build())
                .withMessage("1 validation error detected: Value null at 'records' failed to satisfy constraint: Member"
                        + " must not be null");
    }

    @Test
    void atMostTenErrorsAreTold() {
        refuses(
                        "PutRecords",
                        PutRecordsRequest.builder()
                                .records(Collections.nCopies(501, entry("")))
                                .build())
                .withMessageStartingWith("10 validation errors detected: Value at 'records' failed to satisfy"
                        + " constraint: Member must have length less than or equal to 500; Value '' at"
                        + " 'records.1.member.partitionKey'")
                .withMessageContaining("'records.9.member.partitionKey'")
                .matches(error -> !error.getMessage().contains("records.10."));
    }

    @Test
    void aListsTextsAreToldTogether() {
        String key = "a".repeat(129);
        refuses(
                        "RemoveTagsFromStream",
                        RemoveTagsFromStreamRequest.builder()
                                .tagKeys("a", key, "b")
                                .build())
                .withMessage("1 validation error detected: Value '[a, " + key + ", b]' at 'tagKeys' failed to satisfy"
                        + " constraint: Member must satisfy constraint: [Member must have length less than or equal to"
                        + " 128, Member must have length greater than or equal to 1]");
    }

    @Test
    void aListsEnumsAreToldTogether() {
        refuses(
                        "EnableEnhancedMonitoring",
                        EnableEnhancedMonitoringRequest.builder()
                                .shardLevelMetricsWithStrings("x")
                                .build())
                .withMessageStartingWith("1 validation error detected: Value '[x]' at 'shardLevelMetrics' failed to"
                        + " satisfy constraint: Member must satisfy constraint: [Member must satisfy enum value set:"
                        + " [IncomingBytes, ");
    }

    @Test
    void aMapsKeysAreToldTogether() {
        String key = "a".repeat(129);
        refuses("AddTagsToStream", tags(Map.of(key, "3")))
                .withMessage("1 validation error detected: Value '{" + key + "=3}' at 'tags' failed to satisfy"
                        + " constraint: Map keys must satisfy constraint: [Member must have length less than or equal to"
                        + " 128, Member must have length greater than or equal to 1]");
    }

    @Test
    void aMapsValuesAreToldTogether() {
        String value = "a".repeat(257);
        refuses("AddTagsToStream", tags(Map.of("c", value)))
                .withMessage("1 validation error detected: Value '{c=" + value + "}' at 'tags' failed to satisfy"
                        + " constraint: Map value must satisfy constraint: [Member must have length less than or equal"
                        + " to 256, Member must have length greater than or equal to 0]");
    }

    @Test
    void anEmptyMapIsTooSmall() {
        refuses("AddTagsToStream", tags(Map.of()))
                .withMessage("1 validation error detected: Value '{}' at 'tags' failed to satisfy constraint: Member"
                        + " must have length greater than or equal to 1");
    }

    @Test
    void aNestedMemberHasItsWholePath() {
        refuses(
                        "ListShards",
                        ListShardsRequest.builder().shardFilter(filter -> {}).build())
                .withMessage("1 validation error detected: Value null at 'shardFilter.type' failed to satisfy"
                        + " constraint: Member must not be null");
    }

    @Test
    void namesOfSeveralCapitalsKeepAllButTheFirst() {
        refuses(
                        "RegisterStreamConsumer",
                        RegisterStreamConsumerRequest.builder()
                                .consumerName("c")
                                .build())
                .withMessageContaining("'streamARN'");
    }

    private ThrowableAssertAlternative<AwsException> refuses(String operation, SdkPojo input) {
        return assertThatExceptionOfType(AwsException.class)
                .isThrownBy(() -> constraints.check(operation, input))
                .matches(error -> error.type().equals("ValidationException") && error.status() == 400);
    }

    private static AddTagsToStreamRequest tags(Map<String, String> tags) {
        return AddTagsToStreamRequest.builder().streamName("s").tags(tags).build();
    }

    private static PutRecordRequest put(String key, int size) {
        return PutRecordRequest.builder()
                .streamName("s")
                .partitionKey(key)
                .data(SdkBytes.fromByteArrayUnsafe(new byte[size]))
                .build();
    }

    private static PutRecordsRequestEntry entry(String key) {
        return PutRecordsRequestEntry.builder()
                .partitionKey(key)
                .data(SdkBytes.fromByteArray(new byte[0]))
                .build();
    }
}
