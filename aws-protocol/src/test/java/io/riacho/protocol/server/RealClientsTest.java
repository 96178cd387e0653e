package io.riacho.protocol.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.http.Protocol;
import software.amazon.awssdk.http.apache.ApacheHttpClient;
import software.amazon.awssdk.http.nio.netty.NettyNioAsyncHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.kinesis.KinesisAsyncClient;
import software.amazon.awssdk.services.kinesis.KinesisClient;
import software.amazon.awssdk.services.kinesis.model.DescribeStreamSummaryResponse;
import software.amazon.awssdk.services.kinesis.model.KinesisException;
import software.amazon.awssdk.services.kinesis.model.PutRecordResponse;
import software.amazon.awssdk.services.kinesis.model.PutRecordsRequestEntry;
import software.amazon.awssdk.services.kinesis.model.PutRecordsResponse;
import software.amazon.awssdk.services.kinesis.model.ResourceInUseException;

/** The AWS SDK, which speaks CBOR, over HTTP/1.1 and over HTTP/2 that begins without an upgrade. */
class RealClientsTest {

    private static ToyKinesis toy;
    private static Map<Protocol, KinesisAsyncClient> asyncClients;

    @BeforeAll
    static void start() {
        toy = new ToyKinesis();
        asyncClients =
                Map.of(Protocol.HTTP1_1, asyncClient(Protocol.HTTP1_1), Protocol.HTTP2, asyncClient(Protocol.HTTP2));
    }

    @AfterAll
    static void stop() {
        asyncClients.values().forEach(KinesisAsyncClient::close);
        toy.close();
    }

    @Test
    void theSyncClientIsServed() {
        try (KinesisClient client = sync(ToyKinesis.ACCESS_KEY, ToyKinesis.SECRET_KEY)) {
            assertThat(client.listStreams().streamNames())
                    .containsExactly("000000000000", "us-east-1", "arn:aws:iam::000000000000:root");
            DescribeStreamSummaryResponse answer = client.describeStreamSummary(request -> request.streamName("s"));
            assertThat(answer.streamDescriptionSummary().streamCreationTimestamp())
                    .isEqualTo(ToyKinesis.CREATED);
            assertThat(answer.responseMetadata().requestId()).hasSize(36);
            assertThat(answer.responseMetadata().extendedRequestId()).hasSize(96);
        }
    }

    @ParameterizedTest
    @EnumSource
    void theAsyncClientIsServed(Protocol protocol) {
        KinesisAsyncClient client = async(protocol);
        assertThat(client.listStreams().join().streamNames()).hasSize(3);
    }

    @ParameterizedTest
    @EnumSource
    void anOperationWithoutOutputIsServed(Protocol protocol) {
        KinesisAsyncClient client = async(protocol);
        assertThat(client.createStream(request -> request.streamName("s"))
                        .join()
                        .sdkHttpResponse()
                        .statusCode())
                .isEqualTo(200);
    }

    @ParameterizedTest
    @EnumSource
    void tenMegabytesArrive(Protocol protocol) {
        SdkBytes data = SdkBytes.fromByteArrayUnsafe(new byte[10 * 1024 * 1024]);
        KinesisAsyncClient client = async(protocol);
        PutRecordResponse answer = client.putRecord(
                        request -> request.streamName("s").partitionKey("k").data(data))
                .join();
        assertThat(answer.sequenceNumber()).isEqualTo("10485760");
    }

    @ParameterizedTest
    @EnumSource
    void manyRequestsAtOnceAreServed(Protocol protocol) {
        SdkBytes data = SdkBytes.fromByteArrayUnsafe(new byte[64 * 1024]);
        KinesisAsyncClient client = async(protocol);
        List<CompletableFuture<PutRecordResponse>> answers = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            answers.add(client.putRecord(
                    request -> request.streamName("s").partitionKey("k").data(data)));
        }
        assertThat(answers)
                .allSatisfy(answer -> assertThat(answer.join().sequenceNumber()).isEqualTo("65536"));
    }

    @Test
    void aBatchOfFiveHundredIsServed() {
        List<PutRecordsRequestEntry> entries = new ArrayList<>();
        for (int i = 0; i < 500; i++) {
            entries.add(PutRecordsRequestEntry.builder()
                    .partitionKey("k" + i)
                    .data(SdkBytes.fromByteArray(new byte[i]))
                    .build());
        }
        KinesisAsyncClient client = async(Protocol.HTTP2);
        PutRecordsResponse answer = client.putRecords(
                        request -> request.streamName("s").records(entries))
                .join();
        assertThat(answer.records()).hasSize(500);
        assertThat(answer.records().getLast().sequenceNumber()).isEqualTo("499");
    }

    @Test
    void aModeledErrorIsTheSdksException() {
        try (KinesisClient client = sync(ToyKinesis.ACCESS_KEY, ToyKinesis.SECRET_KEY)) {
            assertThatExceptionOfType(ResourceInUseException.class)
                    .isThrownBy(() -> client.createStream(request -> request.streamName("taken")))
                    .withMessageStartingWith("Stream taken under account 000000000000 already exists.");
        }
    }

    @Test
    void aViolatedConstraintIsAValidationException() {
        KinesisAsyncClient client = async(Protocol.HTTP2);
        assertThatExceptionOfType(CompletionException.class)
                .isThrownBy(() -> client.createStream(
                                request -> request.streamName("s").shardCount(0))
                        .join())
                .withMessageContaining("1 validation error detected: Value '0' at 'shardCount' failed to satisfy"
                        + " constraint: Member must have value greater than or equal to 1");
    }

    @Test
    void aWrongSecretIsRefused() {
        try (KinesisClient client = sync(ToyKinesis.ACCESS_KEY, "wrong")) {
            assertThatExceptionOfType(KinesisException.class)
                    .isThrownBy(client::listStreams)
                    .matches(error -> error.awsErrorDetails().errorCode().equals("InvalidSignatureException"));
        }
    }

    @Test
    void anUnknownKeyIsRefused() {
        try (KinesisClient client = sync("AKIDOTHER", ToyKinesis.SECRET_KEY)) {
            assertThatExceptionOfType(KinesisException.class)
                    .isThrownBy(client::listStreams)
                    .matches(error -> error.awsErrorDetails().errorCode().equals("UnrecognizedClientException"));
        }
    }

    @Test
    void aSessionTokenIsRefused() {
        try (KinesisClient client = KinesisClient.builder()
                .endpointOverride(endpoint())
                .region(Region.US_EAST_1)
                .credentialsProvider(StaticCredentialsProvider.create(
                        AwsSessionCredentials.create(ToyKinesis.ACCESS_KEY, ToyKinesis.SECRET_KEY, "token")))
                .httpClient(ApacheHttpClient.create())
                .build()) {
            assertThatExceptionOfType(KinesisException.class)
                    .isThrownBy(client::listStreams)
                    .matches(error -> error.awsErrorDetails().errorCode().equals("UnrecognizedClientException"));
        }
    }

    @Test
    void anOperationThatNobodyServesIsRefusedByName() {
        try (KinesisClient client = sync(ToyKinesis.ACCESS_KEY, ToyKinesis.SECRET_KEY)) {
            assertThatExceptionOfType(KinesisException.class)
                    .isThrownBy(client::describeLimits)
                    .withMessageStartingWith("The operation DescribeLimits is not implemented by this server.");
        }
    }

    @Test
    @Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void allBodyMemoryIsGivenBack() throws InterruptedException {
        tenMegabytesArrive(Protocol.HTTP2);
        aWrongSecretIsRefused();
        aModeledErrorIsTheSdksException();

        toy.awaitAllBodyMemoryFree();
    }

    private static KinesisClient sync(String accessKey, String secretKey) {
        return KinesisClient.builder()
                .endpointOverride(endpoint())
                .region(Region.US_EAST_1)
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create(accessKey, secretKey)))
                .httpClient(ApacheHttpClient.create())
                .build();
    }

    private static KinesisAsyncClient async(Protocol protocol) {
        return Objects.requireNonNull(asyncClients.get(protocol));
    }

    private static KinesisAsyncClient asyncClient(Protocol protocol) {
        return KinesisAsyncClient.builder()
                .endpointOverride(endpoint())
                .region(Region.US_EAST_1)
                .credentialsProvider(StaticCredentialsProvider.create(
                        AwsBasicCredentials.create(ToyKinesis.ACCESS_KEY, ToyKinesis.SECRET_KEY)))
                .httpClientBuilder(NettyNioAsyncHttpClient.builder().protocol(protocol))
                .overrideConfiguration(configuration ->
                        configuration.retryStrategy(software.amazon.awssdk.retries.DefaultRetryStrategy.doNotRetry()))
                .build();
    }

    private static URI endpoint() {
        return URI.create("http://127.0.0.1:" + toy.port());
    }
}
