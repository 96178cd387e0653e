package io.riacho.log;

import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

/** The embedded log keeps the contract. */
class EmbeddedShardLogTest extends ShardLogContract {

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    @Override
    protected ShardLog open() {
        return EmbeddedShardLog.open(TestLogs.small(folder).clock(clock).build());
    }

    @Override
    protected void settle(ShardLog log) {
        ((EmbeddedShardLog) log).flush();
    }
}
