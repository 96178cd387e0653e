package io.riacho.compatibility;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import software.amazon.awssdk.services.kinesis.KinesisClient;

/** The AWS SDK for JavaScript v3: JSON over HTTP/2. */
final class JavaScriptClientTest extends KinesisClientContract {

    private static final Path FOLDER = Path.of("target", "js").toAbsolutePath();

    @Override
    void assumeThatItIsInstalled() {
        assumeInstalled();
    }

    @Override
    KinesisClient connect(Target target) {
        return connected(target);
    }

    static KinesisClient connected(Target target) {
        return ForeignClient.of(ScriptBridge.started(target, FOLDER, List.of("node", "client.js")));
    }

    static void assumeInstalled() {
        assumeTrue(Tools.run(Path.of("."), "npm", "--version"), "npm is not installed: skipped");
        installed();
    }

    /** The folder with the client and what it needs; skips the test where that cannot be had. */
    static Path installed() {
        try {
            install();
            return FOLDER;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void install() throws IOException {
        Path lock = FOLDER.resolve("package-lock.json");
        boolean installed =
                Files.exists(FOLDER.resolve("installed")) && Files.mismatch(lock, source("package-lock.json")) == -1;
        Files.createDirectories(FOLDER);
        for (String file : List.of("package.json", "package-lock.json", "client.js")) {
            Files.copy(source(file), FOLDER.resolve(file), StandardCopyOption.REPLACE_EXISTING);
        }
        if (!installed) {
            assumeTrue(
                    Tools.run(FOLDER, "npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund"),
                    "npm could not install @aws-sdk/client-kinesis (is its registry within reach?): skipped");
            Files.writeString(FOLDER.resolve("installed"), "");
        }
    }

    private static Path source(String file) {
        return Path.of("src", "test", "js", file).toAbsolutePath();
    }
}
