package io.riacho.firehose.processing;

import static io.riacho.firehose.processing.Configurations.ARN;
import static io.riacho.firehose.processing.Configurations.of;
import static io.riacho.firehose.processing.Configurations.processor;
import static io.riacho.firehose.processing.Configurations.record;
import static io.riacho.firehose.processing.TestFunction.answer;
import static io.riacho.firehose.processing.TestFunction.ok;
import static io.riacho.firehose.processing.TestFunction.result;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpHandler;
import io.riacho.firehose.record.PartitionKeys;
import io.riacho.firehose.record.SourceRecord;
import java.io.IOException;
import java.math.BigInteger;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.firehose.model.ProcessingConfiguration;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

class FunctionTest {

    private static final List<SourceRecord> TWO = List.of(record(1, "a"), record(2, "b"));

    @Test
    void aFunctionIsGivenLambdasEvent() throws Exception {
        SourceRecord record = new SourceRecord(
                "shardId-000000000001",
                BigInteger.TEN,
                2,
                "key",
                Configurations.ARRIVAL,
                "x".getBytes(StandardCharsets.UTF_8),
                Map.of(
                        "sequenceNumber", "10",
                        "subsequenceNumber", "2",
                        "approximateArrivalTimestamp", "1",
                        "partitionKey", "key",
                        "sourceKinesisStreamArn", "arn:s"));
        try (TestFunction function = TestFunction.answering(TestFunction::ok)) {
            process(function.url(), List.of(record));

            JsonNode event = function.events().getFirst();
            assertThat(event.get("invocationId").asString()).isNotBlank();
            ((ObjectNode) event).remove("invocationId");
            assertThat(event).isEqualTo(TestFunction.JSON.readTree("""
                            {"sourceKinesisStreamArn": "arn:s",
                             "deliveryStreamArn": "arn:aws:firehose:us-east-1:000000000000:deliverystream/orders",
                             "region": "us-east-1",
                             "records": [{"recordId": "shardId-000000000001:10:2",
                                          "approximateArrivalTimestamp": 1795705200123,
                                          "data": "eA==",
                                          "kinesisRecordMetadata": {"sequenceNumber": "10", "subsequenceNumber": 2, "partitionKey": "key",
                                                                    "approximateArrivalTimestamp": 1795705200123}}]}"""));
        }
    }

    @Test
    void recordsOfKafkaHaveTheirValueWhereLambdaHasIt() throws Exception {
        SourceRecord record = new SourceRecord(
                "topic-0",
                BigInteger.TEN,
                0,
                "",
                Configurations.ARRIVAL,
                "x".getBytes(StandardCharsets.UTF_8),
                Map.of("offset", "10", "partitionId", "0", "sourceMSKArn", "arn:m"));
        try (TestFunction function =
                TestFunction.answering(text -> result("Ok").put("kafkaRecordValue", TestFunction.base64(text + "!")))) {
            assertThat(texts(process(function.url(), List.of(record)))).containsExactly("x!");

            JsonNode event = function.events().getFirst();
            assertThat(event.get("sourceMSKArn").asString()).isEqualTo("arn:m");
            assertThat(event.at("/records/0/kafkaRecordValue").asString()).isEqualTo("eA==");
            assertThat(event.at("/records/0/mskRecordMetadata/offset").asString())
                    .isEqualTo("10");
        }
    }

    @Test
    void recordsAreChangedDroppedOrFailedAsTheFunctionSays() throws Exception {
        try (TestFunction function = TestFunction.answering(text -> switch (text) {
            case "a" -> ok("A");
            case "b" -> result("Dropped");
            case "c" -> result("ProcessingFailed");
            case "d" -> result("Perhaps").put("data", "");
            case "e" -> result("Ok").put("data", "no base64!");
            case "f" -> result("Ok");
            default -> ok("");
        })) {
            List<SourceRecord> records = new ArrayList<>();
            for (String text : List.of("a", "b", "c", "d", "e", "f", "g")) {
                records.add(record(records.size(), text));
            }
            List<ProcessedRecord> results = process(function.url(), records);

            assertThat(texts(results))
                    .containsExactly(
                            "A",
                            "dropped",
                            "Lambda.ProcessingFailedStatus",
                            "Lambda.FunctionError",
                            "Lambda.JsonMappingException",
                            "Lambda.FunctionError",
                            "");
            ProcessedRecord.Failed failed = (ProcessedRecord.Failed) results.get(2);
            assertThat(failed.directory()).isEqualTo("processing-failed");
            assertThat(failed.message()).isEqualTo("ProcessingFailed status set for record");
            assertThat(failed.attempts()).isEqualTo(1);
            assertThat(failed.details()).isEqualTo(Map.of("lambdaARN", ARN));
            assertThat(function.events()).hasSize(1);
        }
    }

    @Test
    void aRecordThatIsNotReturnedOrTwiceFailsAndAForeignOneDoesNotCount() throws Exception {
        TestFunction[] self = new TestFunction[1];
        self[0] = TestFunction.doing(exchange -> {
            ObjectNode answer = (ObjectNode) TestFunction.JSON.readTree(
                    TestFunction.answerTo(self[0].events().getLast(), TestFunction::ok));
            ArrayNode records = (ArrayNode) answer.get("records");
            records.add(records.get(0));
            records.remove(1);
            records.add(ok("foreign").put("recordId", "another"));
            answer(exchange, 200, answer.toString());
        });
        try (TestFunction function = self[0]) {
            assertThat(texts(process(function.url(), List.of(record(1, "a"), record(2, "b"), record(3, "c")))))
                    .containsExactly("Lambda.DuplicatedRecordId", "Lambda.MissingRecordId", "c");
        }
    }

    @Test
    void theTableThatTheFunctionNamesIsOneOfTheKeys() throws Exception {
        try (TestFunction function = TestFunction.answering(text -> {
                    ObjectNode record = ok(text);
                    record.putObject("metadata")
                            .putObject("otfMetadata")
                            .put("destinationTableName", text)
                            .put("operation", "insert");
                    return record;
                });
                Processings processings = processings(function.url())) {
            assertThat(processings
                            .open(Configurations.STREAM, lambda("0"), true)
                            .process(TWO))
                    .extracting(result ->
                            ((ProcessedRecord.Kept) result).keys().fromLambda().get("destinationTableName"))
                    .doesNotContainNull()
                    .doesNotHaveDuplicates();
        }
    }

    @Test
    void theFunctionsPartitionKeysAreKept() throws Exception {
        try (TestFunction function = TestFunction.answering(text -> {
                    ObjectNode record = ok(text);
                    record.putObject("metadata")
                            .putObject("partitionKeys")
                            .put("k", text)
                            .put("n", 7);
                    return record;
                });
                Processings processings = processings(function.url())) {
            List<ProcessedRecord> results =
                    processings.open(Configurations.STREAM, lambda("0"), true).process(TWO);

            assertThat(results)
                    .extracting(result -> ((ProcessedRecord.Kept) result).keys())
                    .containsExactly(
                            new PartitionKeys(Map.of(), Map.of("k", "a", "n", "7")),
                            new PartitionKeys(Map.of(), Map.of("k", "b", "n", "7")));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "429, Lambda.InvokeLimitExceeded, 3",
        "500, Lambda.InvocationFailed, 3",
        "503, Lambda.InvocationFailed, 3",
        "400, Lambda.InvocationFailed, 1",
        "403, Lambda.InvokeAccessDenied, 1",
        "404, Lambda.ResourceNotFound, 1",
        "302, Lambda.InvocationFailed, 1",
    })
    void onlyAnInvocationThatMayWorkLaterIsTriedAgain(int status, String code, int attempts) throws Exception {
        try (TestFunction function = TestFunction.doing(exchange -> answer(exchange, status, ""))) {
            List<ProcessedRecord> results = process(function.url(), TWO);

            assertThat(texts(results)).containsExactly(code, code);
            assertThat(((ProcessedRecord.Failed) results.getFirst()).attempts()).isEqualTo(attempts);
            assertThat(function.events()).hasSize(attempts);
        }
    }

    @Test
    void aFunctionThatFailsIsTriedAgainAndMayRecover() throws Exception {
        AtomicInteger invocations = new AtomicInteger();
        TestFunction[] self = new TestFunction[1];
        self[0] = TestFunction.doing(exchange -> {
            switch (invocations.incrementAndGet()) {
                case 1 -> {
                    exchange.getResponseHeaders().set("X-Amz-Function-Error", "Unhandled");
                    answer(exchange, 200, "{}");
                }
                case 2 -> answer(exchange, 200, "{\"errorMessage\": \"boom\", \"errorType\": \"Error\"}");
                default ->
                    answer(exchange, 200, TestFunction.answerTo(self[0].events().getLast(), TestFunction::ok));
            }
        });
        try (TestFunction function = self[0]) {
            assertThat(texts(process(function.url(), TWO))).containsExactly("a", "b");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"no json", "[]", "{}", "{\"records\": 1}", "{\"records\": [", "''"})
    void anAnswerThatTellsNothingOfRecordsIsNotAskedForAgain(String body) throws Exception {
        try (TestFunction function = TestFunction.doing(exchange -> answer(exchange, 200, body))) {
            assertThat(texts(process(function.url(), TWO)))
                    .containsExactly("Lambda.JsonProcessingException", "Lambda.JsonProcessingException");
            assertThat(function.events()).hasSize(1);
        }
    }

    @Test
    void anAnswerOfTenMegabytesIsNotRead() throws Exception {
        try (TestFunction function = TestFunction.doing(exchange -> {
            exchange.sendResponseHeaders(200, 0);
            byte[] block = new byte[1024 * 1024];
            for (int i = 0; i < 10; i++) {
                exchange.getResponseBody().write(block);
            }
            exchange.close();
        })) {
            List<ProcessedRecord> results = process(function.url(), TWO);

            assertThat(texts(results)).containsExactly("Lambda.FunctionError", "Lambda.FunctionError");
            assertThat(((ProcessedRecord.Failed) results.getFirst()).message()).contains("more than 6291456 bytes");
            assertThat(function.events()).hasSize(1);
        }
    }

    @Test
    void aSlowFunctionIsNotWaitedForLongerThanItsTimeout() throws Exception {
        CountDownLatch end = new CountDownLatch(1);
        assertTimedOut(
                exchange -> {
                    await(end);
                    exchange.close();
                },
                end);
    }

    @Test
    void neitherIsOneThatBeginsToAnswer() throws Exception {
        CountDownLatch end = new CountDownLatch(1);
        assertTimedOut(
                exchange -> {
                    exchange.sendResponseHeaders(200, 0);
                    exchange.getResponseBody().write('{');
                    exchange.getResponseBody().flush();
                    await(end);
                    exchange.close();
                },
                end);
    }

    private static void assertTimedOut(HttpHandler handler, CountDownLatch end) throws Exception {
        try (TestFunction function = TestFunction.doing(handler);
                Processings processings = new Processings(new ProcessingSettings(
                        Map.of(ARN, function.url()), Duration.ofMillis(200), 1, Duration.ofSeconds(5)))) {
            List<ProcessedRecord> results =
                    processings.open(Configurations.STREAM, lambda("1"), false).process(TWO);
            end.countDown();

            assertThat(texts(results)).containsExactly("Lambda.FunctionTimedOut", "Lambda.FunctionTimedOut");
            assertThat(((ProcessedRecord.Failed) results.getFirst()).attempts()).isEqualTo(2);
        }
    }

    @Test
    void aFunctionThatHangsUpIsTriedAgain() throws Exception {
        AtomicInteger connections = new AtomicInteger();
        try (ServerSocket server = new ServerSocket(0, 10, java.net.InetAddress.getLoopbackAddress())) {
            Thread.startVirtualThread(() -> {
                while (!server.isClosed()) {
                    try (Socket _ = server.accept()) {
                        // Before who is hung up on can know.
                        connections.incrementAndGet();
                    } catch (IOException e) {
                        return;
                    }
                }
            });
            URI url = URI.create("http://127.0.0.1:" + server.getLocalPort() + "/");

            List<ProcessedRecord> results = process(url, TWO);

            assertThat(texts(results)).containsExactly("Lambda.InvocationFailed", "Lambda.InvocationFailed");
            assertThat(((ProcessedRecord.Failed) results.getFirst()).attempts()).isEqualTo(3);
            assertThat(connections).hasValueGreaterThanOrEqualTo(3);
        }
    }

    @Test
    void aFunctionThatIsNotThereFailsRecords() throws Exception {
        assertThat(texts(process(URI.create("http://127.0.0.1:1/"), TWO)))
                .containsExactly("Lambda.InvocationFailed", "Lambda.InvocationFailed");
    }

    @Test
    void aCertificateHasToBeTrusted(@TempDir Path folder) throws Exception {
        TestCertificate certificate = TestCertificate.in(folder);
        try (TestFunction function = TestFunction.answering(TestFunction::ok, certificate.context())) {
            assertThat(texts(process(function.url(), TWO)))
                    .containsExactly("Lambda.InvocationFailed", "Lambda.InvocationFailed");
            assertThat(function.events()).isEmpty();

            try (Processings trusting =
                    new Processings(ProcessingSettings.of(Map.of(ARN, function.url())), certificate.context())) {
                assertThat(texts(trusting.open(Configurations.STREAM, lambda("0"), false)
                                .process(TWO)))
                        .containsExactly("a", "b");
            }
        }
    }

    @Test
    void recordsAreGivenInBatchesThatAFunctionTakesAndStayInOrder() throws Exception {
        List<SourceRecord> records = new ArrayList<>();
        for (int i = 0; i < 9; i++) {
            records.add(record(i, (char) ('a' + i) + "x".repeat(400_000)));
        }
        try (TestFunction function = TestFunction.answering(text -> ok(text.substring(0, 1)))) {
            assertThat(texts(process(function.url(), records)))
                    .containsExactly("a", "b", "c", "d", "e", "f", "g", "h", "i");
            assertThat(function.events())
                    .extracting(event -> event.get("records").size())
                    .containsExactly(2, 2, 2, 2, 1);
        }
    }

    @Test
    void aRecordThatNoFunctionTakesFailsAlone() throws Exception {
        try (TestFunction function = TestFunction.answering(text -> ok("ok"))) {
            assertThat(texts(process(
                            function.url(), List.of(record(1, "a"), record(2, new byte[5_000_000]), record(3, "c")))))
                    .containsExactly("ok", "Lambda.RequestTooLarge", "ok");
        }
    }

    @Test
    void noMoreInvocationsThanAllowedAreMadeAtOnce() throws Exception {
        CountDownLatch end = new CountDownLatch(1);
        try (TestFunction function = TestFunction.doing(exchange -> {
                    await(end);
                    answer(exchange, 200, "{}");
                });
                FunctionClient client = new FunctionClient(HttpClient.newBuilder(), 2, Duration.ofSeconds(60))) {
            List<CompletableFuture<byte[]>> all = new ArrayList<>();
            for (int i = 0; i < 12; i++) {
                CompletableFuture<byte[]> answer = new CompletableFuture<>();
                all.add(answer);
                Thread.startVirtualThread(() -> {
                    try {
                        answer.complete(client.invoke(function.url(), "{}".getBytes(StandardCharsets.UTF_8)));
                    } catch (FunctionException | InterruptedException e) {
                        answer.completeExceptionally(e);
                    }
                });
            }
            long patience = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
            while (client.waiting() < 10 && System.nanoTime() < patience) {
                Thread.onSpinWait();
            }
            assertThat(client.waiting()).isEqualTo(10);
            end.countDown();
            CompletableFuture.allOf(all.toArray(CompletableFuture[]::new)).get(60, TimeUnit.SECONDS);
            assertThat(function.events()).hasSize(12);
        }
    }

    @Test
    void closingDoesNotMakeErrorsOfRecords() throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch end = new CountDownLatch(1);
        try (TestFunction function = TestFunction.doing(exchange -> {
            asked.countDown();
            await(end);
            exchange.close();
        })) {
            Processings processings = processings(function.url());
            Processing processing = processings.open(Configurations.STREAM, lambda("300"), false);
            CompletableFuture<List<ProcessedRecord>> results = new CompletableFuture<>();
            Thread.startVirtualThread(() -> {
                try {
                    results.complete(processing.process(TWO));
                } catch (InterruptedException e) {
                    results.completeExceptionally(e);
                }
            });
            await(asked);
            processing.close();
            processings.close();

            assertThatThrownBy(() -> results.get(60, TimeUnit.SECONDS))
                    .isInstanceOf(ExecutionException.class)
                    .hasCauseInstanceOf(InterruptedException.class);
            end.countDown();
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static List<String> texts(List<ProcessedRecord> results) {
        return results.stream().map(Configurations::text).toList();
    }

    private static List<ProcessedRecord> process(URI url, List<SourceRecord> records) throws InterruptedException {
        try (Processings processings = processings(url)) {
            return processings.open(Configurations.STREAM, lambda("2"), false).process(records);
        }
    }

    private static Processings processings(URI url) {
        return new Processings(ProcessingSettings.of(Map.of(ARN, url)));
    }

    private static ProcessingConfiguration lambda(String retries) {
        return of(processor("Lambda", "LambdaArn", ARN, "NumberOfRetries", retries));
    }
}
