package io.riacho.flink.sink;

import io.riacho.flink.access.AwsClients;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.apache.flink.api.connector.sink2.WriterInitContext;
import org.apache.flink.connector.base.sink.writer.AsyncSinkWriter;
import org.apache.flink.connector.base.sink.writer.BufferedRequestState;
import org.apache.flink.connector.base.sink.writer.ResultHandler;
import org.apache.flink.connector.base.sink.writer.config.AsyncSinkWriterConfiguration;
import org.apache.flink.metrics.Counter;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sends records in batches, and those again that were not taken, after a pause that grows. */
final class BatchWriter extends AsyncSinkWriter<SinkEntry, SinkEntry> {

    private static final Logger LOG = LoggerFactory.getLogger(BatchWriter.class);
    private static final int QUIET = 10;

    private final Destination destination;
    private final Sender sender;
    private final Counter unsent;

    BatchWriter(
            Destination destination,
            Batching batching,
            WriterInitContext context,
            Collection<BufferedRequestState<SinkEntry>> recovered) {
        super(
                (entry, unused) -> entry,
                context,
                AsyncSinkWriterConfiguration.builder()
                        .setMaxBatchSize(batching.records())
                        .setMaxBatchSizeInBytes(Math.max(batching.bytes(), destination.largestRecord()))
                        .setMaxInFlightRequests(batching.inFlight())
                        .setMaxBufferedRequests(batching.buffered())
                        .setMaxTimeInBufferMS(batching.patience())
                        .setMaxRecordSizeInBytes(destination.largestRecord())
                        .build(),
                recovered);
        this.destination = destination;
        this.sender = destination.open();
        this.unsent = context.metricGroup().getNumRecordsSendErrorsCounter();
    }

    @Override
    protected void submitRequestEntries(List<SinkEntry> entries, ResultHandler<SinkEntry> handler) {
        CompletableFuture<List<SinkEntry>> sent;
        try {
            sent = sender.send(entries);
        } catch (RuntimeException e) {
            sent = CompletableFuture.failedFuture(e);
        }
        var unused = sent.whenComplete((left, failure) -> {
            if (left == null) {
                failed(entries, AwsClients.cause(failure), handler);
            } else if (left.isEmpty()) {
                handler.complete();
            } else {
                again(left, handler);
            }
        });
    }

    private void failed(List<SinkEntry> entries, Throwable cause, ResultHandler<SinkEntry> handler) {
        if (!sender.isTransient(cause, entries.get(0).failures() + 1)) {
            handler.completeExceptionally(sender.failure(cause));
            return;
        }
        if (entries.get(0).failures() % QUIET == 0) {
            LOG.warn("{} is asked again: {}", destination.name(), cause.getMessage());
        }
        again(entries.stream().map(SinkEntry::failed).toList(), handler);
    }

    private void again(List<SinkEntry> entries, ResultHandler<SinkEntry> handler) {
        unsent.inc(entries.size());
        long pause = AwsClients.pause(entries.get(0).failures()).toMillis();
        Executor later = CompletableFuture.delayedExecutor(pause, TimeUnit.MILLISECONDS);
        later.execute(() -> handler.retryForEntries(entries));
    }

    @Override
    protected long getSizeInBytes(SinkEntry entry) {
        return entry.bytes();
    }

    @Override
    public void close() {
        super.close();
        sender.close();
    }
}
