package io.riacho.compatibility;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.stream.Stream;

/** Scripts of {@code src/test} with the packages that they need, which npm installs once into {@code target}. */
final class NpmFolder {

    private NpmFolder() {}

    /** The folder where the scripts can run; the test is skipped where npm, or its registry, is missing. */
    static synchronized Path installed(String name) {
        assumeTrue(Tools.run(Path.of("."), "npm", "--version"), "npm is not installed: skipped");
        Path source = Path.of("src", "test", name).toAbsolutePath();
        Path folder = folder(name);
        try {
            install(source, folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return folder;
    }

    /** The same, when it is installed. */
    static Path folder(String name) {
        return Path.of("target", name).toAbsolutePath();
    }

    private static void install(Path source, Path folder) throws IOException {
        Path lock = folder.resolve("package-lock.json");
        boolean installed = Files.exists(folder.resolve("installed"))
                && Files.mismatch(lock, source.resolve("package-lock.json")) == -1;
        Files.createDirectories(folder);
        for (Path file : files(source)) {
            Files.copy(file, folder.resolve(file.getFileName()), StandardCopyOption.REPLACE_EXISTING);
        }
        if (!installed) {
            assumeTrue(
                    Tools.run(folder, "npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund"),
                    "npm could not install the packages of " + source + " (is its registry within reach?): skipped");
            Files.writeString(folder.resolve("installed"), "");
        }
    }

    private static List<Path> files(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(Files::isRegularFile).toList();
        }
    }
}
