package io.riacho.log;

import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

/** The embedded log keeps the contract. */
class EmbeddedShardLogTest extends ShardLogContract {

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    @Override
    protected ShardLog open(OpeningKeys keys) {
        return EmbeddedShardLog.open(
                TestLogs.small(folder).clock(clock).openingKeys(keys).build());
    }

    @Override
    protected void settle(ShardLog log) {
        ((EmbeddedShardLog) log).flush();
    }
}
