package io.riacho.compatibility;

import software.amazon.awssdk.services.firehose.FirehoseClient;

/** The Java SDK: JSON over HTTP/1.1. */
final class JavaFirehoseTest extends FirehoseClientContract {

    @Override
    void assumeThatItIsInstalled() {}

    @Override
    FirehoseClient connect(Target target) {
        return JavaClients.firehose(target);
    }
}
