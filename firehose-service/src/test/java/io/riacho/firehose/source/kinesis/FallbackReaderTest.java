package io.riacho.firehose.source.kinesis;

import static org.assertj.core.api.Assertions.assertThat;

import io.riacho.access.KinesisClients;
import io.riacho.firehose.source.ShardReader;
import io.riacho.firehose.source.SourceBatch;
import io.riacho.protocol.tls.ClientTls;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AnonymousCredentialsProvider;
import software.amazon.awssdk.services.kinesis.KinesisAsyncClient;

class FallbackReaderTest {

    private static final String STREAM = "arn:aws:kinesis:us-east-1:123456789012:stream/orders";
    private static final Supplier<ShardReader> NOBODY = () -> {
        throw new AssertionError("not to be read so");
    };

    @Test
    void whereThereAreAsManySubscriptionsAsThereMayBeAShardIsReadByGetRecords() throws Exception {
        try (KinesisClients clients = new KinesisClients(
                        () -> URI.create("http://127.0.0.1:1"), new ClientTls(null, null, null), "us-east-1");
                KinesisAsyncClient kinesis = clients.of(AnonymousCredentialsProvider.create())) {
            StreamConsumer consumer = new StreamConsumer(kinesis, STREAM, "consumer");
            Subscriptions subscriptions = new Subscriptions(1);
            FallbackReader first = new FallbackReader(consumer, subscriptions, Read::new, NOBODY);
            FallbackReader second = new FallbackReader(consumer, subscriptions, NOBODY, Read::new);

            // Without a consumer, of which nobody could be asked here.
            assertThat(Objects.requireNonNull(second.read(Duration.ZERO)).records())
                    .isEmpty();
            second.close();
            assertThat(subscriptions.free()).isZero();

            first.close();
            first.close();
            assertThat(subscriptions.free()).isEqualTo(1);
        }
    }

    @Test
    void subscriptionsAreAsManyAsHaveRoom() {
        assertThat(Subscriptions.within(64 << 20).free()).isEqualTo(28);
        assertThat(Subscriptions.within(1).free()).isEqualTo(1);
    }

    private static final class Read implements ShardReader {

        @Override
        public SourceBatch read(Duration patience) {
            return new SourceBatch(List.of(), null, null, null);
        }

        @Override
        public void close() {}
    }
}
