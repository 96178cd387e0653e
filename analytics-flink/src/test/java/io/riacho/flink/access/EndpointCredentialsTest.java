package io.riacho.flink.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.riacho.flink.source.HttpStub;
import java.net.URI;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.kinesis.KinesisAsyncClient;

/** Whoever gets no credentials knows why, and whether it helps to ask again. */
class EndpointCredentialsTest {

    @Test
    void aRoleThatIsRefusedIsToldOfInTheEndpointsWordsAndNotAskedForAgain() {
        Throwable failure = failureOf(
                new HttpStub.Answer(403, "{\"detail\":\"Analytics may not assume the role arn:aws:iam::1:role/r.\"}"));

        assertThat(failure).hasMessageContaining("Analytics may not assume the role arn:aws:iam::1:role/r.");
        assertThat(AwsClients.isTransient(failure, 1)).isFalse();
    }

    @Test
    void anEndpointThatIsOutOfOrderIsAskedAgain() {
        Throwable failure = failureOf(new HttpStub.Answer(503, "{\"detail\":\"busy\"}"));

        assertThat(failure).hasMessageContaining("status 503");
        assertThat(AwsClients.isTransient(failure, 1)).isTrue();
    }

    @Test
    void whatIsNoAnswerOfItsOwnIsNotTold() {
        Throwable failure = failureOf(new HttpStub.Answer(403, "<html>of some proxy</html>"));

        assertThat(failure).hasMessageContaining("status 403");
        assertThat(AwsClients.isTransient(failure, 1)).isFalse();
    }

    /** What a request fails with. */
    private static Throwable failureOf(HttpStub.Answer answer) {
        try (HttpStub endpoint = new HttpStub(request -> answer);
                AwsClients.ClientLease<KinesisAsyncClient> lease = AwsClients.kinesis(new ServiceAccess(
                        "us-east-1",
                        URI.create(endpoint.url()),
                        null,
                        new CredentialSource.Endpoint(URI.create(endpoint.url()), "token")))) {
            Throwable failure =
                    catchThrowable(() -> lease.client().listStreams().join());
            assertThat(failure).isInstanceOf(CompletionException.class);
            return AwsClients.cause(failure);
        }
    }
}
