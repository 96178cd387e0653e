package io.riacho.compatibility;

import static io.riacho.compatibility.TestStreams.entry;
import static io.riacho.compatibility.TestStreams.read;
import static io.riacho.compatibility.TestStreams.readFrom;
import static io.riacho.compatibility.TestStreams.texts;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.assertj.core.api.AbstractThrowableAssert;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.RegisterExtension;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.kinesis.KinesisClient;
import software.amazon.awssdk.services.kinesis.model.InvalidArgumentException;
import software.amazon.awssdk.services.kinesis.model.KinesisException;
import software.amazon.awssdk.services.kinesis.model.ListShardsResponse;
import software.amazon.awssdk.services.kinesis.model.ListStreamsResponse;
import software.amazon.awssdk.services.kinesis.model.PutRecordResponse;
import software.amazon.awssdk.services.kinesis.model.PutRecordsRequestEntry;
import software.amazon.awssdk.services.kinesis.model.PutRecordsResponse;
import software.amazon.awssdk.services.kinesis.model.PutRecordsResultEntry;
import software.amazon.awssdk.services.kinesis.model.Record;
import software.amazon.awssdk.services.kinesis.model.ResourceInUseException;
import software.amazon.awssdk.services.kinesis.model.ResourceNotFoundException;
import software.amazon.awssdk.services.kinesis.model.Shard;
import software.amazon.awssdk.services.kinesis.model.ShardFilter;
import software.amazon.awssdk.services.kinesis.model.ShardFilterType;
import software.amazon.awssdk.services.kinesis.model.ShardIteratorType;
import software.amazon.awssdk.services.kinesis.model.StreamDescription;
import software.amazon.awssdk.services.kinesis.model.StreamDescriptionSummary;
import software.amazon.awssdk.services.kinesis.model.StreamMode;
import software.amazon.awssdk.services.kinesis.model.StreamStatus;
import software.amazon.awssdk.services.kinesis.model.Tag;
import software.amazon.awssdk.services.kinesis.model.ValidationException;

/**
 * What every client of Kinesis can do against Riacho as it is delivered, limits and all. A subclass says which client; the contract
 * is written in the Java SDK's model, whatever the language of the client behind it.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class KinesisClientContract {

    private static final String FIRST_SHARD = "shardId-000000000000";
    private static final BigInteger HASH_KEYS = BigInteger.TWO.pow(128);

    @RegisterExtension
    static final TestServer SERVER = TestServer.asDelivered();

    private KinesisClient client;
    private TestStreams streams;

    abstract KinesisClient connect(Target target);

    /** Skips the tests with a message where this client is not on the machine. */
    void assumeThatItIsInstalled() {}

    @BeforeAll
    void connect() {
        assumeThatItIsInstalled();
        client = connect(SERVER.target());
    }

    @AfterAll
    void disconnect() {
        if (client != null) {
            client.close();
        }
    }

    @BeforeEach
    void beginWithoutStreams() {
        streams = new TestStreams(SERVER.target());
    }

    @AfterEach
    void deleteStreams() {
        streams.close();
    }

    @Test
    void aStreamIsCreatedDescribedListedAndDeleted() {
        String name = streams.unusedName();
        Instant before = Instant.now().minusSeconds(60);
        client.createStream(request -> request.streamName(name).shardCount(2));
        streams.awaitActive(name);

        StreamDescription stream =
                client.describeStream(request -> request.streamName(name)).streamDescription();
        assertThat(stream.streamName()).isEqualTo(name);
        assertThat(stream.streamARN()).matches("arn:aws:kinesis:" + Target.REGION + ":\\d{12}:stream/" + name);
        assertThat(stream.streamStatus()).isEqualTo(StreamStatus.ACTIVE);
        assertThat(stream.streamModeDetails().streamMode()).isEqualTo(StreamMode.PROVISIONED);
        assertThat(stream.retentionPeriodHours()).isEqualTo(24);
        assertThat(stream.hasMoreShards()).isFalse();
        assertThat(stream.streamCreationTimestamp())
                .isBetween(before, Instant.now().plusSeconds(60));
        assertThat(stream.shards()).extracting(Shard::shardId).containsExactly(FIRST_SHARD, "shardId-000000000001");
        assertThat(stream.shards().getFirst().hashKeyRange().startingHashKey()).isEqualTo("0");
        assertThat(stream.shards().getLast().hashKeyRange().endingHashKey())
                .isEqualTo(HASH_KEYS.subtract(BigInteger.ONE).toString());

        StreamDescriptionSummary summary = client.describeStreamSummary(request -> request.streamName(name))
                .streamDescriptionSummary();
        assertThat(summary.openShardCount()).isEqualTo(2);
        assertThat(summary.streamCreationTimestamp()).isEqualTo(stream.streamCreationTimestamp());
        assertThat(allStreamNames()).contains(name);

        client.deleteStream(request -> request.streamName(name));
        streams.awaitGone(name);
        assertThat(allStreamNames()).doesNotContain(name);
    }

    @Test
    void anOnDemandStreamStartsWithFourShards() {
        String name = streams.unusedName();
        client.createStream(
                request -> request.streamName(name).streamModeDetails(mode -> mode.streamMode(StreamMode.ON_DEMAND)));
        streams.awaitActive(name);
        StreamDescriptionSummary summary = client.describeStreamSummary(request -> request.streamName(name))
                .streamDescriptionSummary();
        assertThat(summary.streamModeDetails().streamMode()).isEqualTo(StreamMode.ON_DEMAND);
        assertThat(summary.openShardCount()).isEqualTo(4);
    }

    @Test
    void streamsAreListedPageByPage() {
        String first = streams.create(1);
        String second = streams.create(1);
        List<String> names = new ArrayList<>();
        ListStreamsResponse page = client.listStreams(request -> request.limit(1));
        names.addAll(page.streamNames());
        while (page.hasMoreStreams()) {
            String token = page.nextToken();
            page = client.listStreams(request -> request.limit(1).nextToken(token));
            assertThat(page.streamNames()).hasSize(1);
            names.addAll(page.streamNames());
            assertThat(names).doesNotHaveDuplicates();
        }
        assertThat(names).contains(first, second).isSorted();
    }

    @Test
    void aStreamIsFoundByItsArn() {
        String name = streams.create(1);
        String arn = streams.arn(name);
        PutRecordResponse put = client.putRecord(
                request -> request.streamARN(arn).partitionKey("key").data(SdkBytes.fromUtf8String("by ARN")));
        assertThat(texts(read(
                        client,
                        1,
                        request -> request.streamARN(arn)
                                .shardId(put.shardId())
                                .shardIteratorType(ShardIteratorType.TRIM_HORIZON))))
                .containsExactly("by ARN");
    }

    @Test
    void aRecordIsReadBackByteForByte() {
        String name = streams.create(1);
        byte[] data = new byte[4096];
        new Random(1).nextBytes(data);
        PutRecordResponse put = client.putRecord(
                request -> request.streamName(name).partitionKey("schlüssel").data(SdkBytes.fromByteArray(data)));
        assertThat(put.shardId()).isEqualTo(FIRST_SHARD);

        Record record = fromTrimHorizon(name, 1).getFirst();
        assertThat(record.data().asByteArray()).isEqualTo(data);
        assertThat(record.partitionKey()).isEqualTo("schlüssel");
        assertThat(record.sequenceNumber()).isEqualTo(put.sequenceNumber());
        assertThat(record.approximateArrivalTimestamp())
                .isBetween(Instant.now().minusSeconds(120), Instant.now().plusSeconds(60));
    }

    @Test
    void aRecordGoesToTheShardOfItsKeysHashOrOfItsExplicitHashKey() {
        String name = streams.create(2);
        List<Shard> shards = streams.shards(name);
        for (String key : List.of("a", "b", "c", "d")) {
            PutRecordResponse put = client.putRecord(
                    request -> request.streamName(name).partitionKey(key).data(SdkBytes.fromUtf8String(key)));
            assertThat(put.shardId()).as(key).isEqualTo(shardOf(shards, md5(key)));
        }
        String last = shards.getLast().hashKeyRange().endingHashKey();
        PutRecordResponse put = client.putRecord(request -> request.streamName(name)
                .partitionKey("a")
                .explicitHashKey(last)
                .data(SdkBytes.fromUtf8String("explicit")));
        assertThat(put.shardId()).isEqualTo(shards.getLast().shardId());
    }

    @Test
    void aBatchOf500RecordsIsReadBackInItsOrder() {
        String name = streams.create(1);
        List<PutRecordsRequestEntry> batch = IntStream.range(0, 500)
                .mapToObj(i -> entry("key-" + i, "record " + i))
                .toList();
        PutRecordsResponse answer =
                client.putRecords(request -> request.streamName(name).records(batch));
        assertThat(answer.failedRecordCount()).isZero();
        assertThat(answer.records())
                .hasSize(500)
                .allSatisfy(record -> assertThat(record.errorCode()).isNull());

        List<Record> records = fromTrimHorizon(name, 500);
        assertThat(texts(records))
                .containsExactlyElementsOf(
                        batch.stream().map(put -> put.data().asUtf8String()).toList());
        assertThat(records)
                .extracting(Record::sequenceNumber)
                .containsExactlyElementsOf(answer.records().stream()
                        .map(PutRecordsResultEntry::sequenceNumber)
                        .toList());
        assertThat(records)
                .extracting(record -> new BigInteger(record.sequenceNumber()))
                .isSorted();
    }

    @Test
    void aRecordOfTenMebibytesIsReadBackWhereTheStreamAllowsIt() {
        String name = streams.create(1);
        String arn = streams.arn(name);
        client.updateMaxRecordSize(request -> request.streamARN(arn).maxRecordSizeInKiB(10240));
        streams.awaitActive(name);
        byte[] data = new byte[10 * 1024 * 1024 - 1];
        new Random(2).nextBytes(data);
        client.putRecord(
                request -> request.streamName(name).partitionKey("k").data(SdkBytes.fromByteArrayUnsafe(data)));
        byte[] readBack = fromTrimHorizon(name, 1).getFirst().data().asByteArrayUnsafe();
        assertThat(Arrays.equals(readBack, data)).isTrue();
    }

    @Test
    void aRecordLargerThanTheStreamAllowsIsRefused() {
        String name = streams.create(1);
        assertThatThrownBy(() -> client.putRecord(request -> request.streamName(name)
                        .partitionKey("k")
                        .data(SdkBytes.fromByteArrayUnsafe(new byte[1024 * 1024 + 1]))))
                .isInstanceOfSatisfying(
                        KinesisException.class,
                        refused -> assertThat(refused.statusCode()).isEqualTo(400));
        streams.put(name, "small");
        assertThat(texts(fromTrimHorizon(name, 1))).containsExactly("small");
    }

    @Test
    void trimHorizonStartsAtTheFirstRecord() {
        String name = streams.create(1);
        streams.put(name, "one", "two", "three");
        assertThat(texts(fromTrimHorizon(name, 3))).containsExactly("one", "two", "three");
    }

    @Test
    void latestStartsBehindTheLastRecord() {
        String name = streams.create(1);
        streams.put(name, "before");
        String iterator = client.getShardIterator(request ->
                        request.streamName(name).shardId(FIRST_SHARD).shardIteratorType(ShardIteratorType.LATEST))
                .shardIterator();
        streams.put(name, "after");
        assertThat(texts(readFrom(client, 1, iterator))).containsExactly("after");
    }

    @Test
    void atSequenceNumberStartsWithThatRecord() {
        String name = streams.create(1);
        List<String> numbers = streams.put(name, "one", "two", "three");
        assertThat(texts(read(
                        client,
                        2,
                        request -> request.streamName(name)
                                .shardId(FIRST_SHARD)
                                .shardIteratorType(ShardIteratorType.AT_SEQUENCE_NUMBER)
                                .startingSequenceNumber(numbers.get(1)))))
                .containsExactly("two", "three");
    }

    @Test
    void afterSequenceNumberStartsBehindThatRecord() {
        String name = streams.create(1);
        List<String> numbers = streams.put(name, "one", "two", "three");
        assertThat(texts(read(
                        client,
                        1,
                        request -> request.streamName(name)
                                .shardId(FIRST_SHARD)
                                .shardIteratorType(ShardIteratorType.AFTER_SEQUENCE_NUMBER)
                                .startingSequenceNumber(numbers.get(1)))))
                .containsExactly("three");
    }

    /** On a whole second, since boto3 sends no others; two records that far apart have one between them. */
    @Test
    void atTimestampStartsWithTheFirstRecordFromThatTimeOn() {
        String name = streams.create(1);
        streams.put(name, "before");
        Pause.milliseconds(1100);
        streams.put(name, "from then on");
        Instant second = streams.readAll(name, FIRST_SHARD, 2)
                .getLast()
                .approximateArrivalTimestamp()
                .truncatedTo(ChronoUnit.SECONDS);
        assertThat(texts(read(
                        client,
                        1,
                        request -> request.streamName(name)
                                .shardId(FIRST_SHARD)
                                .shardIteratorType(ShardIteratorType.AT_TIMESTAMP)
                                .timestamp(second))))
                .containsExactly("from then on");
    }

    @Test
    void shardsAreListedPageByPage() {
        String name = streams.create(5);
        List<String> ids = new ArrayList<>();
        ListShardsResponse page =
                client.listShards(request -> request.streamName(name).maxResults(2));
        while (page.nextToken() != null) {
            assertThat(page.shards()).hasSize(2);
            page.shards().forEach(shard -> ids.add(shard.shardId()));
            assertThat(ids).doesNotHaveDuplicates();
            String token = page.nextToken();
            page = client.listShards(request -> request.nextToken(token).maxResults(2));
        }
        page.shards().forEach(shard -> ids.add(shard.shardId()));
        assertThat(ids).containsExactlyElementsOf(shardIds(0, 1, 2, 3, 4));
    }

    @Test
    void shardsAreListedByEveryFilter() {
        String name = streams.create(4);
        Instant beforeTheSplit = nextWholeSecond();
        client.splitShard(request -> request.streamName(name)
                .shardToSplit(FIRST_SHARD)
                .newStartingHashKey(HASH_KEYS.shiftRight(3).toString()));
        streams.awaitActive(name);
        Instant afterTheSplit = nextWholeSecond();

        assertThat(filtered(name, null)).containsExactlyElementsOf(shardIds(0, 1, 2, 3, 4, 5));
        assertThat(filtered(name, filter(ShardFilterType.AT_LATEST)))
                .containsExactlyElementsOf(shardIds(1, 2, 3, 4, 5));
        assertThat(filtered(name, filter(ShardFilterType.AT_TRIM_HORIZON)))
                .containsExactlyElementsOf(shardIds(0, 1, 2, 3));
        assertThat(filtered(name, filter(ShardFilterType.FROM_TRIM_HORIZON)))
                .containsExactlyElementsOf(shardIds(0, 1, 2, 3, 4, 5));
        assertThat(filtered(
                        name,
                        ShardFilter.builder()
                                .type(ShardFilterType.AFTER_SHARD_ID)
                                .shardId("shardId-000000000002")
                                .build()))
                .containsExactlyElementsOf(shardIds(3, 4, 5));
        assertThat(filtered(name, filter(ShardFilterType.AT_TIMESTAMP, beforeTheSplit)))
                .containsExactlyElementsOf(shardIds(0, 1, 2, 3));
        assertThat(filtered(name, filter(ShardFilterType.AT_TIMESTAMP, afterTheSplit)))
                .containsExactlyElementsOf(shardIds(1, 2, 3, 4, 5));
        assertThat(filtered(name, filter(ShardFilterType.FROM_TIMESTAMP, beforeTheSplit)))
                .containsExactlyElementsOf(shardIds(0, 1, 2, 3, 4, 5));
        assertThat(filtered(name, filter(ShardFilterType.FROM_TIMESTAMP, afterTheSplit)))
                .containsExactlyElementsOf(shardIds(1, 2, 3, 4, 5));
    }

    @Test
    void aStreamKeepsItsTags() {
        String name = streams.create(1);
        client.addTagsToStream(request -> request.streamName(name).tags(Map.of("team", "brook", "stage", "test")));
        client.removeTagsFromStream(request -> request.streamName(name).tagKeys("stage"));
        client.addTagsToStream(request -> request.streamName(name).tags(Map.of("cost centre", "7/a")));
        assertThat(client.listTagsForStream(request -> request.streamName(name)).tags())
                .containsExactly(tag("cost centre", "7/a"), tag("team", "brook"));
    }

    @Test
    void aStreamIsTaggedAsAResourceToo() {
        String name = streams.create(1);
        String arn = streams.arn(name);
        client.tagResource(request -> request.resourceARN(arn).tags(Map.of("team", "brook", "stage", "test")));
        client.untagResource(request -> request.resourceARN(arn).tagKeys("stage"));
        assertThat(client.listTagsForResource(request -> request.resourceARN(arn))
                        .tags())
                .containsExactly(tag("team", "brook"));
    }

    @Test
    void theRetentionPeriodIsIncreasedAndDecreased() {
        String name = streams.create(1);
        client.increaseStreamRetentionPeriod(request -> request.streamName(name).retentionPeriodHours(48));
        streams.awaitActive(name);
        assertThat(retention(name)).isEqualTo(48);
        client.decreaseStreamRetentionPeriod(request -> request.streamName(name).retentionPeriodHours(36));
        streams.awaitActive(name);
        assertThat(retention(name)).isEqualTo(36);
        assertThatThrownBy(() -> client.increaseStreamRetentionPeriod(
                        request -> request.streamName(name).retentionPeriodHours(30)))
                .isInstanceOf(InvalidArgumentException.class);
    }

    @Test
    void aStreamThatIsNotThereIsNotFound() {
        String name = streams.unusedName();
        assertFailure(() -> client.describeStream(request -> request.streamName(name)))
                .isInstanceOf(ResourceNotFoundException.class)
                .hasMessageMatching("(?s)Stream " + name + " under account \\d{12} not found\\..*");
    }

    @Test
    void aStreamIsNotCreatedTwice() {
        String name = streams.create(1);
        assertFailure(() ->
                        client.createStream(request -> request.streamName(name).shardCount(1)))
                .isInstanceOf(ResourceInUseException.class)
                .hasMessageMatching("(?s)Stream " + name + " under account \\d{12} already exists\\..*");
    }

    @Test
    void aParameterAgainstTheModelIsAValidationError() {
        assertFailure(() -> client.createStream(
                        request -> request.streamName("not a name").shardCount(1)))
                .isInstanceOf(ValidationException.class)
                .hasMessageContaining(
                        "1 validation error detected: Value 'not a name' at 'streamName' failed to satisfy"
                                + " constraint: Member must satisfy regular expression pattern: [a-zA-Z0-9_.-]+");
    }

    @Test
    void anotherSecretDoesNotSign() {
        Target wrong = SERVER.target().withSecretAccessKey("not/the+secret/0000000000000000000000000");
        assertCodeOfListing(wrong, "InvalidSignatureException")
                .hasMessageContaining("The request signature we calculated does not match the signature you provided.");
    }

    @Test
    void anUnknownAccessKeyIsRefused() {
        assertCodeOfListing(SERVER.target().withAccessKeyId("AKIAUNKNOWN000000000"), "UnrecognizedClientException")
                .hasMessageContaining("The security token included in the request is invalid.");
    }

    @Test
    void aSignatureFromAnHourAgoHasExpired() {
        Target slow = SERVER.target().withClockOffset(Duration.ofHours(-1)).withoutRetries();
        assertCodeOfListing(slow, "InvalidSignatureException").hasMessageContaining("Signature expired: ");
    }

    @Test
    void aSignatureFromAnHourAheadIsNotYetCurrent() {
        Target fast = SERVER.target().withClockOffset(Duration.ofHours(1)).withoutRetries();
        assertCodeOfListing(fast, "InvalidSignatureException").hasMessageContaining("Signature not yet current: ");
    }

    private AbstractThrowableAssert<?, ? extends Throwable> assertCodeOfListing(Target target, String code) {
        try (KinesisClient other = connect(target)) {
            return assertFailure(other::listStreams)
                    .isInstanceOfSatisfying(
                            KinesisException.class,
                            failure -> assertThat(failure.awsErrorDetails().errorCode())
                                    .isEqualTo(code));
        }
    }

    private static AbstractThrowableAssert<?, ? extends Throwable> assertFailure(ThrowingCallable call) {
        return assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        KinesisException.class,
                        failure -> assertThat(failure.statusCode()).isEqualTo(400));
    }

    private List<Record> fromTrimHorizon(String name, int count) {
        return read(
                client,
                count,
                request -> request.streamName(name)
                        .shardId(FIRST_SHARD)
                        .shardIteratorType(ShardIteratorType.TRIM_HORIZON));
    }

    private List<String> allStreamNames() {
        return client.listStreamsPaginator().stream()
                .flatMap(page -> page.streamNames().stream())
                .toList();
    }

    private int retention(String name) {
        return client.describeStreamSummary(request -> request.streamName(name))
                .streamDescriptionSummary()
                .retentionPeriodHours();
    }

    private List<String> filtered(String name, @Nullable ShardFilter filter) {
        return client.listShards(request -> request.streamName(name).shardFilter(filter)).shards().stream()
                .map(Shard::shardId)
                .toList();
    }

    private static ShardFilter filter(ShardFilterType type) {
        return ShardFilter.builder().type(type).build();
    }

    private static ShardFilter filter(ShardFilterType type, Instant time) {
        return ShardFilter.builder().type(type).timestamp(time).build();
    }

    /** A whole second that has passed when this returns, and had not when it was called. */
    private static Instant nextWholeSecond() {
        Instant second = Instant.now().truncatedTo(ChronoUnit.SECONDS).plusSeconds(1);
        Pause.milliseconds(Duration.between(Instant.now(), second).toMillis() + 50);
        return second;
    }

    private static List<String> shardIds(int... numbers) {
        return IntStream.of(numbers).mapToObj("shardId-%012d"::formatted).toList();
    }

    private static String shardOf(List<Shard> shards, BigInteger hash) {
        return shards.stream()
                .filter(shard -> new BigInteger(shard.hashKeyRange().startingHashKey()).compareTo(hash) <= 0
                        && new BigInteger(shard.hashKeyRange().endingHashKey()).compareTo(hash) >= 0)
                .findFirst()
                .orElseThrow()
                .shardId();
    }

    private static BigInteger md5(String key) {
        try {
            return new BigInteger(1, MessageDigest.getInstance("MD5").digest(key.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Tag tag(String key, String value) {
        return Tag.builder().key(key).value(value).build();
    }
}
