package io.riacho.compatibility;

import java.nio.file.Path;
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
        installed();
    }

    /** The folder with the client and what it needs; skips the test where that cannot be had. */
    static Path installed() {
        return NpmFolder.installed("js");
    }
}
