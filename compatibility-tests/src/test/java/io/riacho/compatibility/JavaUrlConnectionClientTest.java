package io.riacho.compatibility;

import software.amazon.awssdk.services.kinesis.KinesisClient;

/** The Java SDK v2's synchronous client on the JDK's {@code HttpURLConnection}: CBOR over HTTP/1.1. */
final class JavaUrlConnectionClientTest extends KinesisClientContract {

    @Override
    KinesisClient connect(Target target) {
        return JavaClients.urlConnection(target);
    }
}
