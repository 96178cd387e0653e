package io.riacho.compatibility;

import software.amazon.awssdk.services.kinesis.KinesisClient;

/** The Java SDK v2's asynchronous client: CBOR over HTTP/2. */
final class JavaAsyncClientTest extends KinesisClientContract {

    @Override
    KinesisClient connect(Target target) {
        return JavaClients.blocking(JavaClients.async(target));
    }
}
