package io.riacho.compatibility;

import software.amazon.awssdk.services.kinesis.KinesisClient;

/** The Java SDK v2's synchronous client on Apache's HTTP client: CBOR over HTTP/1.1. */
final class JavaApacheClientTest extends KinesisClientContract {

    @Override
    KinesisClient connect(Target target) {
        return JavaClients.apache(target);
    }
}
