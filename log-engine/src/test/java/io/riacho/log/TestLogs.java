package io.riacho.log;

import java.nio.file.Path;
import java.time.Duration;

/** Settings for tests: small files, so that everything that happens to large logs happens to small ones. */
final class TestLogs {

    private TestLogs() {}

    static LogSettings.Builder small(Path folder) {
        return LogSettings.in(folder)
                .journalFileBytes(16 << 20)
                .journalFiles(4)
                .bufferBytes(16 << 20)
                .segmentBytes(1 << 20)
                .segmentAge(Duration.ofMillis(500))
                .indexInterval(4 << 10);
    }
}
