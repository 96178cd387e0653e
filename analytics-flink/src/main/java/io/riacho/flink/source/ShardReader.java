package io.riacho.flink.source;

import io.riacho.flink.access.AwsClients;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import org.apache.flink.connector.base.source.reader.RecordsBySplits;
import org.apache.flink.connector.base.source.reader.RecordsWithSplitIds;
import org.apache.flink.connector.base.source.reader.splitreader.SplitReader;
import org.apache.flink.connector.base.source.reader.splitreader.SplitsAddition;
import org.apache.flink.connector.base.source.reader.splitreader.SplitsChange;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.kinesis.KinesisAsyncClient;

/** Reads all shards of a reader. Used by the reader's fetcher thread. */
final class ShardReader implements SplitReader<ReadRecord, ShardSplit> {

    private static final Duration PATIENCE = Duration.ofMillis(500);

    private final AwsClients.ClientLease<KinesisAsyncClient> client;
    private final Feeding feeding;
    private final PollBudget budget;
    private final @Nullable Consumer consumer;
    private final Queue<String> released;
    private final Map<String, ShardFeed> feeds = new HashMap<>();

    /** @param released shards that need not be kept open any more */
    ShardReader(StreamSettings settings, Queue<String> released, Lags lags, @Nullable RecordFunction function) {
        this.client = AwsClients.kinesis(settings.access());
        this.feeding = new Feeding(settings, client.client(), lags, function);
        this.budget = new PollBudget(settings.maxBatches());
        this.consumer = settings.consumerName() == null ? null : new Consumer(feeding, settings.consumerName());
        this.released = released;
    }

    @Override
    public RecordsWithSplitIds<ReadRecord> fetch() throws IOException {
        String done = released.poll();
        if (done != null) {
            ShardFeed feed = feeds.remove(done);
            if (feed != null) {
                feed.close();
            }
            feeding.lags.forget(done);
            return new RecordsBySplits<>(Map.of(), Set.of(done));
        }
        try {
            ShardBatch batch = feeding.next(PATIENCE);
            if (batch == null) {
                return ShardBatch.none();
            }
            batch.take();
            return batch;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("Reading was interrupted", e);
        }
    }

    @Override
    public void handleSplitsChanges(SplitsChange<ShardSplit> change) {
        if (!(change instanceof SplitsAddition)) {
            throw new UnsupportedOperationException("Shards are only added: " + change);
        }
        for (ShardSplit split : change.splits()) {
            ShardFeed feed = consumer == null
                    ? new PollingFeed(feeding, budget, split)
                    : new FanOutFeed(feeding, consumer, split);
            feeds.put(split.shardId(), feed);
            feed.start();
        }
    }

    @Override
    public void wakeUp() {
        feeding.wakeUp();
    }

    @Override
    public void close() {
        feeds.values().forEach(ShardFeed::close);
        feeding.close();
        if (feeding.function != null) {
            feeding.function.close();
        }
        client.close();
    }
}
