package io.riacho.compatibility;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Path;
import software.amazon.awssdk.services.kinesis.KinesisClient;

/** The AWS CLI: JSON over HTTP/1.1. */
final class CommandLineTest extends KinesisClientContract {

    private static final Path FOLDER = Path.of("target", "cli").toAbsolutePath();

    @Override
    void assumeThatItIsInstalled() {
        assumeTrue(Tools.run(Path.of("."), "aws", "--version"), "The AWS CLI is not installed: skipped");
    }

    @Override
    KinesisClient connect(Target target) {
        assumeTrue(target.clockOffset().isZero(), "The AWS CLI has no other clock than the machine's: skipped");
        return ForeignClient.of(new CommandLineBridge(target, FOLDER));
    }
}
