package io.riacho.compatibility;

import java.util.List;
import software.amazon.awssdk.services.firehose.FirehoseClient;

/** boto3: JSON over HTTP/1.1. */
final class Boto3FirehoseTest extends FirehoseClientContract {

    @Override
    void assumeThatItIsInstalled() {
        Boto3Test.assumeInstalled();
    }

    @Override
    FirehoseClient connect(Target target) {
        return ForeignClient.of(
                FirehoseClient.class,
                ScriptBridge.started("Firehose", target, Boto3Test.SCRIPTS, List.of("python3", "client.py")));
    }
}
