package io.riacho.firehose.processing;

import io.riacho.firehose.destination.BufferHints;
import io.riacho.firehose.prefix.ObjectKeys;
import io.riacho.firehose.record.DeliveryRecord;
import io.riacho.firehose.record.PartitionKeys;
import io.riacho.firehose.record.SourceRecord;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Does to records what a plan says. */
final class Pipeline implements Processing {

    private final ProcessingPlan plan;
    private final @Nullable FunctionStep function;
    private final @Nullable ObjectKeys keys;

    /** @param keys what partition keys have to make; null where that is not looked at */
    Pipeline(ProcessingPlan plan, @Nullable FunctionStep function, @Nullable ObjectKeys keys) {
        this.plan = plan;
        this.function = function;
        this.keys = keys;
    }

    @Override
    public @Nullable BufferHints gathering() {
        ProcessingPlan.FunctionPlan asked = plan.function();
        return asked == null ? null : asked.hints();
    }

    @Override
    public List<ProcessedRecord> process(List<SourceRecord> records) throws InterruptedException {
        List<Stage> stages = new ArrayList<>(records.size());
        for (SourceRecord record : records) {
            unpack(record, stages);
        }
        if (function != null) {
            stages = function.transform(stages);
        }
        List<ProcessedRecord> results = new ArrayList<>(stages.size());
        for (Stage stage : stages) {
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            results.add(
                    switch (stage) {
                        case Stage.Ended(ProcessedRecord result) -> result;
                        case Stage.Going(RecordInProgress record) -> finish(record);
                    });
        }
        return results;
    }

    private void unpack(SourceRecord record, List<Stage> stages) {
        byte[] data = record.data();
        if (plan.decompresses()) {
            try {
                data = LogData.decompress(data);
            } catch (IOException e) {
                stages.add(failed(record, "Decompression.Failed", "The record is no GZIP: " + e.getMessage()));
                return;
            }
        }
        if (plan.extractsMessages()) {
            try {
                Optional<byte[]> messages = LogData.messages(data, plan.delimiter() == null);
                if (messages.isEmpty()) {
                    stages.add(new Stage.Ended(new ProcessedRecord.Dropped(record)));
                    return;
                }
                data = messages.get();
            } catch (IOException e) {
                stages.add(failed(
                        record,
                        "CloudWatchLogProcessing.Failed",
                        "The record is not of CloudWatch Logs: " + e.getMessage()));
                return;
            }
        }
        split(record, data, stages);
    }

    private void split(SourceRecord record, byte[] data, List<Stage> stages) {
        RecordSplitter splitter = plan.splitter();
        if (splitter == null) {
            stages.add(new Stage.Going(new RecordInProgress(record, data)));
            return;
        }
        // A source's record may itself be one of several with the same position: each leaves room for those in it.
        int part = record.part() * RecordSplitter.MOST;
        List<byte[]> pieces = splitter.split(data);
        if (pieces.isEmpty()) {
            stages.add(new Stage.Ended(new ProcessedRecord.Dropped(record.with(part, record.data()))));
        }
        for (byte[] piece : pieces) {
            stages.add(new Stage.Going(new RecordInProgress(record.with(part++, piece), piece)));
        }
    }

    private ProcessedRecord finish(RecordInProgress record) throws InterruptedException {
        Map<String, String> fromQuery = record.keysFromQuery();
        if (plan.query() != null) {
            try {
                fromQuery = plan.query().keys(record.data());
            } catch (QueryException e) {
                return partitionless(record.source(), e.getMessage());
            }
        }
        PartitionKeys partition = new PartitionKeys(fromQuery, record.keysFromLambda());
        Optional<String> problem = keys == null ? Optional.empty() : keys.problem(partition);
        if (problem.isPresent()) {
            return partitionless(record.source(), problem.get());
        }
        return new ProcessedRecord.Kept(new DeliveryRecord(record.source(), delimited(record.data())), partition);
    }

    private byte[] delimited(byte[] data) {
        byte[] delimiter = plan.delimiter();
        if (delimiter == null) {
            return data;
        }
        byte[] delimited = Arrays.copyOf(data, data.length + delimiter.length);
        System.arraycopy(delimiter, 0, delimited, data.length, delimiter.length);
        return delimited;
    }

    private static Stage failed(SourceRecord record, String code, String message) {
        return new Stage.Ended(new ProcessedRecord.Failed(record, FunctionStep.DIRECTORY, code, message, 1, Map.of()));
    }

    private static ProcessedRecord partitionless(SourceRecord record, String message) {
        return new ProcessedRecord.Failed(
                record,
                "metadata-extraction-failed",
                "DynamicPartitioning.MetadataExtractionFailed",
                message,
                1,
                Map.of());
    }

    @Override
    public void close() {
        if (function != null) {
            function.close();
        }
    }
}
