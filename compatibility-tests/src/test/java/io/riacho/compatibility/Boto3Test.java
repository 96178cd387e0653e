package io.riacho.compatibility;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Path;
import java.util.List;
import software.amazon.awssdk.services.kinesis.KinesisClient;

/** boto3: JSON over HTTP/1.1. */
final class Boto3Test extends KinesisClientContract {

    static final Path SCRIPTS = Path.of("src", "test", "python").toAbsolutePath();

    @Override
    void assumeThatItIsInstalled() {
        assumeInstalled();
    }

    @Override
    KinesisClient connect(Target target) {
        return connected(target);
    }

    static void assumeInstalled() {
        assumeTrue(
                Tools.run(SCRIPTS, "python3", "-c", "import boto3"),
                "boto3 is not installed (pip install boto3): skipped");
    }

    static KinesisClient connected(Target target) {
        return ForeignClient.of(ScriptBridge.started(target, SCRIPTS, List.of("python3", "client.py")));
    }
}
