package io.riacho.benchmarks.firehose;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Base64;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class ArrivalsTest {

    private final Events events = new Events();
    private Arrivals endpoint;

    @BeforeEach
    void start() throws IOException {
        endpoint = Arrivals.started();
    }

    @AfterEach
    void stop() {
        endpoint.close();
    }

    @Test
    void eachRecordOfARequestHasTheTimeOfTheRequest() throws IOException, InterruptedException {
        long before = System.nanoTime();
        HttpResponse<String> response = send(request(1, 2));
        long after = System.nanoTime();

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(endpoint.arrived()).containsOnlyKeys(1L, 2L);
        assertThat(endpoint.arrived().values())
                .allSatisfy(time -> assertThat(time).isBetween(before, after))
                .containsOnly(Objects.requireNonNull(endpoint.arrived().get(1L)));
    }

    @Test
    void theAnswerIsWhatFirehoseAsksFor() throws IOException, InterruptedException {
        JsonNode answer = new JsonMapper().readTree(send(request(1)).body());

        assertThat(answer.path("requestId").asString()).isEqualTo("r-1");
        assertThat(answer.path("timestamp").asLong()).isPositive();
    }

    @Test
    void aRecordThatComesAgainKeepsItsFirstTime() throws IOException, InterruptedException {
        send(request(1));
        Long first = endpoint.arrived().get(1L);
        send(request(1));

        assertThat(endpoint.arrived()).containsEntry(1L, Objects.requireNonNull(first));
    }

    @Test
    void whatIsNoJsonIsRefused() throws IOException, InterruptedException {
        assertThat(send("{").statusCode()).isEqualTo(400);
    }

    private HttpResponse<String> send(String body) throws IOException, InterruptedException {
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(
                    HttpRequest.newBuilder(endpoint.realUrl())
                            .POST(HttpRequest.BodyPublishers.ofString(body))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
        }
    }

    private String request(long... numbers) {
        StringBuilder body = new StringBuilder("{\"requestId\":\"r-1\",\"timestamp\":1,\"records\":[");
        for (long number : numbers) {
            body.append(body.charAt(body.length() - 1) == '[' ? "" : ",")
                    .append("{\"data\":\"")
                    .append(Base64.getEncoder().encodeToString(events.numbered(number)))
                    .append("\"}");
        }
        return body.append("]}").toString();
    }
}
