package io.riacho.compatibility;

import static io.riacho.compatibility.TestStreams.entry;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.kinesis.KinesisAsyncClient;
import software.amazon.awssdk.services.kinesis.model.ProvisionedThroughputExceededException;
import software.amazon.awssdk.services.kinesis.model.PutRecordsRequestEntry;
import software.amazon.awssdk.services.kinesis.model.PutRecordsResponse;
import software.amazon.awssdk.services.kinesis.model.PutRecordsResultEntry;
import software.amazon.awssdk.services.kinesis.model.ShardIteratorType;

/**
 * A shard's limits as AWS sets them, seen by a client that does not hide them by retries: writes 1,000 records/s and 1 MB/s, reads 5
 * calls/s. Each test sends more than that at once, so that no machine is too slow to run into the limit.
 */
final class ThrottlingTest {

    private static final String FIRST_SHARD = "shardId-000000000000";
    private static final String THROTTLED = "ProvisionedThroughputExceededException";

    @RegisterExtension
    static final TestServer LIMITED = TestServer.asDelivered();

    @RegisterExtension
    static final TestServer UNLIMITED = TestServer.withoutLimits();

    private TestStreams streams;
    private KinesisAsyncClient client;

    @BeforeEach
    void connect() {
        streams = new TestStreams(LIMITED.target());
        client = JavaClients.async(LIMITED.target().withoutRetries());
    }

    @AfterEach
    void disconnect() {
        streams.close();
        client.close();
    }

    @Test
    void moreThanAThousandRecordsASecondAreThrottledRecordByRecord() {
        String name = streams.create(1);
        List<PutRecordsResultEntry> results = putBatches(client, name, 20).stream()
                .flatMap(answer -> answer.records().stream())
                .toList();
        assertThat(results).hasSize(10_000);
        List<PutRecordsResultEntry> throttled =
                results.stream().filter(result -> result.errorCode() != null).toList();
        assertThat(throttled).isNotEmpty().allSatisfy(result -> {
            assertThat(result.errorCode()).isEqualTo(THROTTLED);
            assertThat(result.errorMessage())
                    .matches("Rate exceeded for shard " + FIRST_SHARD + " in stream " + name
                            + " under account \\d{12}\\.");
            assertThat(result.sequenceNumber()).isNull();
            assertThat(result.shardId()).isNull();
        });
    }

    @Test
    void failedRecordCountCountsTheThrottledRecords() {
        String name = streams.create(1);
        assertThat(putBatches(client, name, 8))
                .allSatisfy(answer -> assertThat(answer.failedRecordCount()).isEqualTo((int) answer.records().stream()
                        .filter(result -> result.errorCode() != null)
                        .count()));
    }

    @Test
    void exactlyTheRecordsThatWereNotThrottledAreThere() {
        String name = streams.create(1);
        List<String> accepted = putBatches(client, name, 8).stream()
                .flatMap(answer -> answer.records().stream())
                .map(PutRecordsResultEntry::sequenceNumber)
                .filter(number -> number != null)
                .toList();
        assertThat(streams.readAll(name, FIRST_SHARD, accepted.size()))
                .extracting(record -> record.sequenceNumber())
                .containsExactlyInAnyOrderElementsOf(accepted);
    }

    @Test
    void aThrottledShardLeavesTheOthersAlone() {
        String name = streams.create(2);
        List<PutRecordsRequestEntry> mixed = IntStream.range(0, 500)
                .mapToObj(i -> entry("key", "data").toBuilder()
                        .explicitHashKey(i % 50 == 0 ? "340282366920938463463374607431768211455" : "0")
                        .build())
                .toList();
        List<PutRecordsResultEntry> results =
                all(
                                20,
                                () -> client.putRecords(
                                        request -> request.streamName(name).records(mixed)))
                        .stream()
                        .flatMap(answer -> answer.records().stream())
                        .toList();
        assertThat(results).anyMatch(result -> result.errorCode() != null);
        assertThat(results.stream().filter(result -> "shardId-000000000001".equals(result.shardId())))
                .hasSize(200);
    }

    @Test
    void moreThanAMebibyteASecondIsThrottled() {
        String name = streams.create(1);
        SdkBytes data = SdkBytes.fromByteArrayUnsafe(new byte[1_000_000]);
        assertThat(firstFailure(Stream.generate(() -> client.putRecord(request ->
                                request.streamName(name).partitionKey("key").data(data)))
                        .limit(16)
                        .toList()))
                .isInstanceOfSatisfying(ProvisionedThroughputExceededException.class, failure -> {
                    assertThat(failure.statusCode()).isEqualTo(400);
                    assertThat(failure.awsErrorDetails().errorMessage())
                            .matches("Rate exceeded for shard " + FIRST_SHARD + " in stream " + name
                                    + " under account \\d{12}\\.");
                });
    }

    @Test
    void moreThanFiveReadsASecondAreThrottled() {
        String name = streams.create(1);
        String iterator = iterator(name);
        assertThat(firstFailure(Stream.generate(() -> client.getRecords(request -> request.shardIterator(iterator)))
                        .limit(30)
                        .toList()))
                .isInstanceOfSatisfying(
                        ProvisionedThroughputExceededException.class,
                        failure -> assertThat(failure.awsErrorDetails().errorMessage())
                                .matches("Rate exceeded for Shard - \\d{12}/" + name + "/" + FIRST_SHARD));
    }

    @Test
    void aClientThatRetriesGetsEverythingThrough() {
        String name = streams.create(1);
        try (KinesisAsyncClient patient = JavaClients.async(LIMITED.target())) {
            List<PutRecordsRequestEntry> left = new ArrayList<>(batch());
            left.addAll(batch());
            left.addAll(batch());
            Pause.until("1,500 records went through", () -> {
                List<PutRecordsRequestEntry> batch = List.copyOf(left.subList(0, Math.min(500, left.size())));
                PutRecordsResponse answer = patient.putRecords(
                                request -> request.streamName(name).records(batch))
                        .join();
                left.subList(0, batch.size()).clear();
                IntStream.range(0, batch.size())
                        .filter(i -> answer.records().get(i).errorCode() != null)
                        .forEach(i -> left.add(batch.get(i)));
                return left.isEmpty();
            });
        }
        assertThat(streams.readAll(name, FIRST_SHARD, 1500)).hasSize(1500);
    }

    @Test
    void limitsCanBeTurnedOff() {
        try (TestStreams others = new TestStreams(UNLIMITED.target());
                KinesisAsyncClient other = JavaClients.async(UNLIMITED.target().withoutRetries())) {
            String name = others.create(1);
            assertThat(putBatches(other, name, 8))
                    .allSatisfy(answer -> assertThat(answer.failedRecordCount()).isZero());
        }
    }

    private String iterator(String name) {
        return client.getShardIterator(request ->
                        request.streamName(name).shardId(FIRST_SHARD).shardIteratorType(ShardIteratorType.TRIM_HORIZON))
                .join()
                .shardIterator();
    }

    private static List<PutRecordsRequestEntry> batch() {
        return Collections.nCopies(500, entry("key", "data"));
    }

    private static List<PutRecordsResponse> putBatches(KinesisAsyncClient client, String name, int batches) {
        return all(
                batches,
                () -> client.putRecords(request -> request.streamName(name).records(batch())));
    }

    /** Makes all calls at once, and returns their answers. */
    private static <T> List<T> all(int calls, Supplier<CompletableFuture<T>> call) {
        return Stream.generate(call).limit(calls).toList().stream()
                .map(CompletableFuture::join)
                .toList();
    }

    /** The first failure of calls that were made at once. */
    private static @Nullable Throwable firstFailure(List<? extends CompletableFuture<?>> calls) {
        Throwable first = null;
        for (CompletableFuture<?> call : calls) {
            CompletionException failure = catchThrowableOfType(CompletionException.class, call::join);
            if (failure != null && first == null) {
                first = failure.getCause();
            }
        }
        return first;
    }
}
