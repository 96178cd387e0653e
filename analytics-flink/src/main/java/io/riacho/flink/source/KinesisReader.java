package io.riacho.flink.source;

import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.apache.flink.api.common.eventtime.Watermark;
import org.apache.flink.api.connector.source.ReaderOutput;
import org.apache.flink.api.connector.source.SourceEvent;
import org.apache.flink.api.connector.source.SourceReaderContext;
import org.apache.flink.connector.base.source.reader.SingleThreadMultiplexSourceReaderBase;
import org.apache.flink.connector.base.source.reader.splitreader.SplitReader;
import org.apache.flink.core.io.InputStatus;
import org.apache.flink.table.data.RowData;
import org.jspecify.annotations.Nullable;

/**
 * A reader of some of a stream's shards. Where the watermark is the clock, it moves in silence too: each {@code tick} the
 * reader says that it has something to do.
 */
final class KinesisReader extends SingleThreadMultiplexSourceReaderBase<ReadRecord, RowData, ShardSplit, ShardState> {

    private final Queue<String> released;
    private final RowClock clock;
    /** Milliseconds; 0 where the watermark is not the clock. */
    private final long tick;

    private final @Nullable ScheduledExecutorService timer;
    private CompletableFuture<Void> nextTick = CompletableFuture.completedFuture(null);
    private long watermark = Long.MIN_VALUE;

    KinesisReader(
            Supplier<SplitReader<ReadRecord, ShardSplit>> reader,
            RowEmitter emitter,
            Queue<String> released,
            RowClock clock,
            long tick,
            SourceReaderContext context) {
        super(reader, emitter, context.getConfiguration(), context);
        this.released = released;
        this.clock = clock;
        this.tick = tick;
        this.timer = tick == 0 ? null : timer(context.getIndexOfSubtask());
    }

    private static ScheduledExecutorService timer(int subtask) {
        return new ScheduledThreadPoolExecutor(1, work -> {
            Thread thread = new Thread(work, "kinesis-clock-" + subtask);
            thread.setDaemon(true);
            return thread;
        });
    }

    @Override
    public InputStatus pollNext(ReaderOutput<RowData> output) throws Exception {
        InputStatus status = super.pollNext(output);
        if (tick > 0) {
            // No row that is read later has less than the clock shows now, and one that has as much is not late.
            long safe = clock.now() - 1;
            if (safe >= watermark + tick) {
                watermark = safe;
                output.emitWatermark(new Watermark(safe));
            }
        }
        return status;
    }

    @Override
    public CompletableFuture<Void> isAvailable() {
        CompletableFuture<Void> records = super.isAvailable();
        if (timer == null || records.isDone()) {
            return records;
        }
        if (nextTick.isDone()) {
            CompletableFuture<Void> ticked = new CompletableFuture<>();
            var unused = timer.schedule(() -> ticked.complete(null), tick, TimeUnit.MILLISECONDS);
            nextTick = ticked;
        }
        return CompletableFuture.anyOf(records, nextTick).thenAccept(any -> {});
    }

    @Override
    public void addSplits(List<ShardSplit> splits) {
        splits.forEach(split -> clock.atLeast(split.rowtime()));
        super.addSplits(splits);
    }

    @Override
    public void handleSourceEvents(SourceEvent event) {
        if (event instanceof ShardReleased shard) {
            released.add(shard.shardId());
        } else {
            super.handleSourceEvents(event);
        }
    }

    @Override
    protected void onSplitFinished(Map<String, ShardState> finished) {
        // Whoever gives out shards has said so itself.
    }

    @Override
    protected ShardState initializedState(ShardSplit split) {
        return new ShardState(split);
    }

    @Override
    protected ShardSplit toSplitType(String shardId, ShardState state) {
        return state.split(clock.last());
    }

    @Override
    public void close() throws Exception {
        if (timer != null) {
            timer.shutdownNow();
        }
        super.close();
    }
}
