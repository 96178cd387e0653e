package io.riacho.flink.function;

import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.runtime.state.FunctionInitializationContext;
import org.apache.flink.runtime.state.FunctionSnapshotContext;
import org.apache.flink.streaming.api.checkpoint.CheckpointedFunction;
import org.apache.flink.streaming.api.functions.sink.legacy.SinkFunction;
import org.apache.flink.streaming.api.functions.source.legacy.SourceFunction;
import org.apache.flink.types.Row;
import org.jspecify.annotations.Nullable;

/** A source that stops at a given row until it is let on, and remembers in a savepoint where it was. */
final class Replay implements SourceFunction<Row>, CheckpointedFunction {
    static volatile List<Row> rows = List.of();
    static volatile int limit;
    static final Semaphore AT_LIMIT = new Semaphore(0);
    static final Queue<String> RESULTS = new ConcurrentLinkedQueue<>();

    private volatile boolean running = true;
    private int next;
    private transient @Nullable ListState<Integer> position;

    @Override
    public void run(SourceContext<Row> context) throws Exception {
        while (running && next < rows.size()) {
            synchronized (context.getCheckpointLock()) {
                if (next < limit) {
                    context.collect(rows.get(next++));
                    if (next == limit) {
                        AT_LIMIT.release();
                    }
                    continue;
                }
            }
            Thread.onSpinWait();
        }
    }

    @Override
    public void cancel() {
        running = false;
    }

    @Override
    public void snapshotState(FunctionSnapshotContext context) throws Exception {
        ListState<Integer> known = position;
        if (known != null) {
            known.update(List.of(next));
        }
    }

    @Override
    public void initializeState(FunctionInitializationContext context) throws Exception {
        ListState<Integer> known =
                context.getOperatorStateStore().getListState(new ListStateDescriptor<>("position", Integer.class));
        for (Integer stored : known.get()) {
            next = stored;
        }
        position = known;
    }

    /** Keeps what comes, as text. */
    static final class Sink implements SinkFunction<Row> {
        private final String query;

        Sink(String query) {
            this.query = query;
        }

        @Override
        public void invoke(Row row, Context context) {
            RESULTS.add(query + " " + row);
        }
    }
}
