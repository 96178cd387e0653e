package io.riacho.firehose.destination.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.riacho.firehose.processing.TestCertificate;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class WebClientTest {

    @TempDir
    Path folder;

    private static HttpRequest.Builder get(URI url) {
        return HttpRequest.newBuilder(url);
    }

    @Test
    void aCertificateThatNobodyTrustsIsRefused() throws Exception {
        TestCertificate certificate = TestCertificate.in(folder);
        try (TestServer server = TestServer.doing(certificate.context(), question -> question.json(200, "{}"));
                WebClient client = new WebClient(null, 1)) {
            WebException failure = Objects.requireNonNull(catchThrowableOfType(
                    WebException.class,
                    () -> client.peer(Duration.ofSeconds(20)).send(get(server.url()), 100)));

            assertThat(failure.reason()).isEqualTo(WebException.Reason.UNTRUSTED);
            assertThat(server.questions()).isEmpty();
        }
    }

    @Test
    void whoIsInTheFileIsTrusted() throws Exception {
        TestCertificate certificate = TestCertificate.in(folder);
        try (TestServer server = TestServer.doing(certificate.context(), question -> question.json(200, "{}"));
                WebClient client = new WebClient(certificate.pem(), 1)) {
            WebAnswer answer = client.peer(Duration.ofSeconds(20)).send(get(server.url()), 100);

            assertThat(answer.status()).isEqualTo(200);
        }
    }

    @Test
    void aFileWithoutCertificatesIsRefused() throws Exception {
        Path file = Files.writeString(folder.resolve("ca.pem"), "nothing");

        assertThatThrownBy(() -> new WebClient(file, 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("riacho.firehose.ca-file");
    }

    @Test
    void noMoreConnectionsAreMadeThanMayBeAndOtherPeersHaveTheirOwn() throws Exception {
        try (TestServer silent = TestServer.silent();
                TestServer other = TestServer.doing(question -> question.json(200, "{}"));
                WebClient client = new WebClient(null, 1)) {
            WebClient.Peer busy = client.peer(Duration.ofSeconds(50));
            Runnable send = () -> {
                var _ = catchThrowable(() -> busy.send(get(silent.url()), 100));
            };
            List<Thread> two = List.of(Thread.startVirtualThread(send), Thread.startVirtualThread(send));
            silent.awaitQuestion();
            while (busy.waiting() == 0) {
                Thread.sleep(1);
            }

            assertThat(client.peer(Duration.ofSeconds(20))
                            .send(get(other.url()), 100)
                            .status())
                    .isEqualTo(200);
            assertThat(silent.questions()).hasSize(1);
            for (Thread thread : two) {
                thread.interrupt();
                thread.join();
            }
        }
    }

    @Test
    void ofALargeAnswerOnlyTheBeginningIsRead() throws Exception {
        try (TestServer server = TestServer.doing(question -> question.json(200, "0123456789"));
                WebClient client = new WebClient(null, 1)) {
            WebClient.Peer peer = client.peer(Duration.ofSeconds(20));

            WebAnswer cut = peer.send(get(server.url()), 9);
            WebAnswer whole = peer.send(get(server.url()), 10);

            assertThat(cut.body()).hasSize(9);
            assertThat(cut.isCut()).isTrue();
            assertThat(whole.body()).hasSize(10);
            assertThat(whole.isCut()).isFalse();
        }
    }
}
