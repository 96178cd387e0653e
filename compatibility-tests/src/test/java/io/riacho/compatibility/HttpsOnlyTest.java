package io.riacho.compatibility;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.net.ConnectException;
import java.net.Socket;
import java.net.http.HttpClient;
import java.security.GeneralSecurityException;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.firehose.FirehoseClient;

/** A server without HTTP: Firehose, too, reaches the streams by HTTPS, and trusts the server's own CA for it. */
@Execution(ExecutionMode.CONCURRENT)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class HttpsOnlyTest {

    private static final int RECORDS = 20;

    private @Nullable ServerProcess server;
    private TestStreams streams;
    private TestBucket bucket;
    private TestDeliveryStreams deliveryStreams;

    @BeforeAll
    void start() {
        TestServer.assumeThatServersCanBeStarted();
        ServerProcess process = ServerProcess.stopped("https-only", "--riacho.http.enabled=false");
        process.start(() -> trusting(process));
        server = process;
        streams = new TestStreams(process.secureTarget());
        bucket = TestBucket.created(process.s3Target());
        deliveryStreams = new TestDeliveryStreams(process.secureTarget());
    }

    @AfterAll
    void stop() {
        if (server != null) {
            deliveryStreams.close();
            bucket.close();
            streams.close();
            server.close();
        }
    }

    @Test
    void whatIsPutIsDelivered() {
        String name = deliveryStreams.toBucket(bucket, configuration -> configuration.prefix("put/"));

        try (FirehoseClient client = JavaClients.firehose(requireNonNull(server).secureTarget())) {
            for (int i = 0; i < RECORDS; i++) {
                String text = i + "\n";
                client.putRecord(put ->
                        put.deliveryStreamName(name).record(record -> record.data(SdkBytes.fromUtf8String(text))));
            }
        }

        assertThat(bucket.awaitLines("put/", RECORDS)).containsExactlyInAnyOrder(numbers());
    }

    @Test
    void aStreamIsDelivered() {
        String stream = streams.create(1);
        deliveryStreams.toBucket(streams.arn(stream), bucket, configuration -> configuration.prefix("stream/"));

        for (String number : numbers()) {
            streams.put(stream, number + "\n");
        }

        assertThat(bucket.awaitLines("stream/", RECORDS)).containsExactlyInAnyOrder(numbers());
    }

    @Test
    void nobodyListensForHttp() {
        int port = requireNonNull(server).target().url().getPort();

        assertThatExceptionOfType(ConnectException.class).isThrownBy(() -> new Socket("127.0.0.1", port).close());
    }

    private static String[] numbers() {
        return IntStream.range(0, RECORDS).mapToObj(String::valueOf).toArray(String[]::new);
    }

    private static HttpClient trusting(ServerProcess server) {
        try {
            return HttpClient.newBuilder()
                    .sslContext(ClientCertificates.context(
                            requireNonNull(server.secureTarget().ca()), null))
                    .build();
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
