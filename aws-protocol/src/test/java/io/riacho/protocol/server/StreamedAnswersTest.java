package io.riacho.protocol.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** An answer that is written after its operation has returned. */
class StreamedAnswersTest {

    @SuppressWarnings("NullAway.Init")
    private static ToyKinesis toy;

    @BeforeAll
    static void start() {
        toy = new ToyKinesis("riacho.protocol.max-body=1MB", "riacho.protocol.body-memory=4MB");
    }

    @AfterAll
    static void stop() {
        toy.close();
    }

    private static RawAnswer subscribe(String shard) throws IOException {
        String body = "{\"ConsumerARN\":\"arn:aws:kinesis:us-east-1:000000000000:stream/s/consumer/c:1\",\"ShardId\":\""
                + shard + "\",\"StartingPosition\":{\"Type\":\"LATEST\"}}";
        String head = new SignedText(toy.port())
                .head("SubscribeToShard", "application/x-amz-json-1.1", body.getBytes(StandardCharsets.UTF_8));
        try (RawHttp http = new RawHttp(toy.port())) {
            return http.send(head + body).answer();
        }
    }

    @Test
    void itHasItsOwnTypeAndTheIdsOfEveryAnswer() throws IOException {
        RawAnswer answer = subscribe("decided");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("content-type")).isEqualTo("application/x-toy");
        assertThat(answer.header("x-amzn-requestid")).isNotNull();
        assertThat(answer.body()).startsWith("decided arn:aws:iam::000000000000:root");
    }

    @Test
    void itsRequestHoldsNoBodyMemoryMeanwhile() throws Exception {
        toy.awaitAllBodyMemoryFree();
        long all = toy.bean(BodyMemory.class).freeBytes();

        assertThat(subscribe("decided").body()).endsWith(" " + all);
    }

    @Test
    void anErrorBeforeItBeginsIsAnsweredAsAnyOther() throws IOException {
        RawAnswer answer = subscribe("refused");

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.body()).isEqualTo("{\"__type\":\"ResourceInUseException\",\"message\":\"In use.\"}");
        assertThat(answer.header("content-type")).isEqualTo("application/x-amz-json-1.1");
    }

    @Test
    void whatNobodyDecidedOnIsNotTold() throws IOException {
        RawAnswer answer = subscribe("undecided");

        assertThat(answer.status()).isEqualTo(500);
        assertThat(answer.body()).isEqualTo("{\"__type\":\"InternalFailure\"}");
    }
}
