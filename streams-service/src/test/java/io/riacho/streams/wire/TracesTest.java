package io.riacho.streams.wire;

import static io.riacho.tracing.TestCollector.isChild;
import static io.riacho.tracing.TestCollector.text;
import static io.riacho.tracing.TestCollector.traceId;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.opentelemetry.proto.trace.v1.Span;
import io.opentelemetry.proto.trace.v1.Status;
import io.riacho.tracing.TestCollector;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.kinesis.KinesisAsyncClient;
import software.amazon.awssdk.services.kinesis.model.KinesisException;
import software.amazon.awssdk.services.kinesis.model.PutRecordResponse;
import software.amazon.awssdk.services.kinesis.model.PutRecordsResponse;
import software.amazon.awssdk.services.kinesis.model.ResourceNotFoundException;

/** What a collector is told of requests. */
class TracesTest {

    private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";
    private static final String PARENT = "00-" + TRACE + "-00f067aa0ba902b7-01";
    private static final String SECRET_DATA = "what the record holds";
    private static final String SECRET_KEY = "the partition key";

    private static TestCollector collector;
    private static WireServer server;
    private static KinesisAsyncClient client;
    private static String stream;

    @BeforeAll
    static void start() {
        collector = new TestCollector();
        server = WireServer.ofItsOwn(
                "--riacho.streams.transition=1ms",
                "--riacho.tracing.endpoint=" + collector.endpoint(),
                "--riacho.tracing.interval=20ms",
                "--riacho.tracing.queue=256");
        stream = server.createStream(1);
        TestUsers.User root = server.users().root();
        client = KinesisAsyncClient.builder()
                .endpointOverride(server.endpoint())
                .region(Region.of(WireServer.REGION))
                .credentialsProvider(StaticCredentialsProvider.create(
                        AwsBasicCredentials.create(root.accessKeyId(), root.secretKey())))
                .build();
    }

    @AfterAll
    static void stop() {
        client.close();
        server.stop();
        collector.close();
    }

    @Test
    void aPutIsASpanOfItsCallersTraceWithTheAppendToTheLogInIt() {
        PutRecordsResponse answer = client.putRecords(put -> put.streamName(stream)
                        .records(
                                record -> record.partitionKey(SECRET_KEY).data(SdkBytes.fromUtf8String(SECRET_DATA)),
                                record -> record.partitionKey(SECRET_KEY).data(SdkBytes.fromUtf8String(SECRET_DATA)))
                        .overrideConfiguration(more -> more.putHeader("traceparent", PARENT)))
                .join();

        Span request = collector.awaitRequest(answer.responseMetadata().requestId());
        assertThat(traceId(request)).isEqualTo(TRACE);
        assertThat(request.getParentSpanId().toByteArray()).asHexString().isEqualToIgnoringCase("00f067aa0ba902b7");
        assertThat(request.getName()).isEqualTo("kinesis/PutRecords");
        assertThat(request.getKind()).isEqualTo(Span.SpanKind.SPAN_KIND_SERVER);
        assertThat(text(request, "rpc.system")).isEqualTo("aws-api");
        assertThat(text(request, "rpc.service")).isEqualTo("kinesis");
        assertThat(text(request, "rpc.method")).isEqualTo("PutRecords");
        assertThat(text(request, "http.response.status_code")).isEqualTo("200");
        assertThat(text(request, "enduser.id")).isEqualTo("arn:aws:iam::" + WireServer.ACCOUNT + ":root");
        collector.awaitChild(request, "authenticate");
        Span append = collector.awaitChild(request, "append");
        assertThat(text(append, "aws.kinesis.stream_name")).isEqualTo(stream);
        assertThat(text(append, "riacho.records")).isEqualTo("2");
        assertThat(append.getEventsList()).extracting(Span.Event::getName).containsExactly("buffered");
        assertThat(append.getEndTimeUnixNano()).isLessThanOrEqualTo(request.getEndTimeUnixNano());
        assertThat(collector.services()).containsOnly("streams-service");
    }

    @Test
    void aSinglePutHasItsAppendToo() {
        PutRecordResponse answer = put();
        Span request = collector.awaitRequest(answer.responseMetadata().requestId());
        assertThat(request.getParentSpanId().isEmpty()).isTrue();
        collector.awaitChild(request, "append");
    }

    @Test
    void readingIsAPartOfGetRecords() {
        put();
        String iterator = client.getShardIterator(ask ->
                        ask.streamName(stream).shardId("shardId-000000000000").shardIteratorType("TRIM_HORIZON"))
                .join()
                .shardIterator();
        String id = client.getRecords(ask -> ask.shardIterator(iterator))
                .join()
                .responseMetadata()
                .requestId();

        Span read = collector.awaitChild(collector.awaitRequest(id), "read");
        assertThat(text(read, "riacho.shard")).isEqualTo("shardId-000000000000");
    }

    @Test
    void anErrorIsToldByItsCodeAndIsNoFailureOfTheServer() {
        KinesisException refused = refused("no-such-stream");
        Span request = collector.awaitRequest(refused.requestId());
        assertThat(text(request, "error.type")).isEqualTo("ResourceNotFoundException");
        assertThat(text(request, "http.response.status_code")).isEqualTo("400");
        assertThat(request.getStatus().getCode()).isEqualTo(Status.StatusCode.STATUS_CODE_UNSET);
    }

    @Test
    void whoIsRefusedIsNotTakenAtItsWord() {
        WireAnswer answer = server.call(
                "NoSuchOperation" + "x".repeat(1_000), WireClient.JSON, "{}".getBytes(StandardCharsets.UTF_8));
        Span request = collector.awaitRequest(answer.header("x-amzn-RequestId"));
        assertThat(request.getName()).isEqualTo("unknown");
        assertThat(text(request, "error.type")).isEqualTo("UnknownOperationException");
    }

    @Test
    void nothingOfARecordOrACredentialIsTold() {
        PutRecordResponse answer = put();
        Span request = collector.awaitRequest(answer.responseMetadata().requestId());
        collector.awaitChild(request, "append");
        for (Span span : collector.spans()) {
            assertThat(span.toString())
                    .doesNotContain(SECRET_DATA)
                    .doesNotContain(SECRET_KEY)
                    .doesNotContain(server.users().root().secretKey())
                    .doesNotContain("Credential=");
        }
    }

    @Test
    void aSubscriptionsSpanEndsWhereItsEventsBegin() throws IOException {
        String consumer = server.registerConsumer(stream, "traced");
        HttpResponse<InputStream> answer = server.subscribe(
                server.users().root(), consumer, "shardId-000000000000", WireServer.object("Type", "LATEST"));
        try (InputStream events = answer.body()) {
            assertThat(events.read()).isNotNegative();
            Span request = collector.awaitRequest(
                    answer.headers().firstValue("x-amzn-RequestId").orElseThrow());
            assertThat(request.getName()).isEqualTo("kinesis/SubscribeToShard");
        }
    }

    @Test
    void aRestRequestIsToldByItsRoute() {
        RestAnswer answer = RestClient.ofRoot(server).get("/v1/streams/" + stream);
        Span request = collector.awaitRequest(answer.header("x-amzn-RequestId"));
        assertThat(request.getName()).isEqualTo("GET /v1/streams/{name}");
    }

    @Test
    void aCollectorThatHangsHoldsUpNoRequest() {
        collector.hang();
        try {
            for (int i = 0; i < 500; i++) {
                put();
            }
        } finally {
            collector.answer();
        }
        // The spans of the first ones after it are lost, too, as long as the queue is full.
        Set<String> after = new HashSet<>();
        await().atMost(Duration.ofMinutes(1)).until(() -> {
            after.add(put().responseMetadata().requestId());
            return collector.spans().stream()
                    .filter(span -> after.contains(text(span, "aws.request_id")))
                    .anyMatch(request -> collector.spans().stream()
                            .anyMatch(span ->
                                    isChild(request, span) && span.getName().equals("append")));
        });
    }

    private static PutRecordResponse put() {
        return client.putRecord(put ->
                        put.streamName(stream).partitionKey(SECRET_KEY).data(SdkBytes.fromUtf8String(SECRET_DATA)))
                .join();
    }

    private static KinesisException refused(String name) {
        try {
            client.describeStreamSummary(ask -> ask.streamName(name)).join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof ResourceNotFoundException refused) {
                return refused;
            }
            throw e;
        }
        throw new AssertionError("was not refused");
    }
}
