package io.riacho.compatibility;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Path;
import software.amazon.awssdk.services.firehose.FirehoseClient;

/** {@code aws firehose}. */
final class CommandLineFirehoseTest extends FirehoseClientContract {

    private static final Path FOLDER = Path.of("target", "cli-firehose").toAbsolutePath();

    @Override
    void assumeThatItIsInstalled() {
        assumeTrue(Tools.run(Path.of("."), "aws", "--version"), "The AWS CLI is not installed: skipped");
    }

    @Override
    FirehoseClient connect(Target target) {
        return ForeignClient.of(FirehoseClient.class, new CommandLineBridge("Firehose", target, FOLDER));
    }
}
