package io.riacho.compatibility;

import java.util.List;
import software.amazon.awssdk.services.kinesis.KinesisClient;

/** The AWS SDK for JavaScript v3: JSON over HTTP/2. */
final class JavaScriptClientTest extends KinesisClientContract {

    @Override
    void assumeThatItIsInstalled() {
        assumeInstalled();
    }

    @Override
    KinesisClient connect(Target target) {
        return connected(target);
    }

    static KinesisClient connected(Target target) {
        return ForeignClient.of(ScriptBridge.started(target, NpmFolder.folder("js"), List.of("node", "client.js")));
    }

    static void assumeInstalled() {
        NpmFolder.installed("js");
    }
}
