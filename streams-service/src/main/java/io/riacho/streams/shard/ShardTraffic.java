package io.riacho.streams.shard;

import java.util.concurrent.atomic.LongAdder;

/** What a shard took and gave since the server started. Safe for use by many threads. */
public final class ShardTraffic {

    private final LongAdder incomingBytes = new LongAdder();
    private final LongAdder incomingRecords = new LongAdder();

    public void wrote(long bytes, long records) {
        incomingBytes.add(bytes);
        incomingRecords.add(records);
    }

    public long incomingBytes() {
        return incomingBytes.sum();
    }

    public long incomingRecords() {
        return incomingRecords.sum();
    }
}
