package io.riacho.firehose.processing;

import io.riacho.firehose.destination.DeliveryStreamName;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;

/** Gives records to a function, in batches that it can take. */
final class FunctionStep {

    static final String DIRECTORY = "processing-failed";

    private static final long SHORTEST_PAUSE = 100;
    private static final long LONGEST_PAUSE = 10_000;

    private final FunctionClient client;
    private final DeliveryStreamName stream;
    private final ProcessingPlan.FunctionPlan plan;
    private final URI url;
    private volatile boolean closed;

    FunctionStep(FunctionClient client, DeliveryStreamName stream, ProcessingPlan.FunctionPlan plan, URI url) {
        this.client = client;
        this.stream = stream;
        this.plan = plan;
        this.url = url;
    }

    /** What has ended stays as it is, in its place. */
    List<Stage> transform(List<Stage> stages) throws InterruptedException {
        List<Stage> results = new ArrayList<>(stages);
        List<RecordInProgress> batch = new ArrayList<>();
        List<Integer> places = new ArrayList<>();
        long event = FunctionEvent.envelope();
        long data = 0;
        for (int i = 0; i < stages.size(); i++) {
            if (!(stages.get(i) instanceof Stage.Going(RecordInProgress record))) {
                continue;
            }
            long size = FunctionEvent.size(record.source(), record.data());
            if (size + FunctionEvent.envelope() > FunctionEvent.LARGEST) {
                results.set(
                        i,
                        failed(
                                record,
                                "Lambda.RequestTooLarge",
                                "The record is larger than what a Lambda function takes: 6 MB.",
                                1));
                continue;
            }
            boolean full = event + size > FunctionEvent.LARGEST
                    || data + record.data().length > plan.hints().bytes();
            if (full && !batch.isEmpty()) {
                invoke(batch, places, results);
                batch.clear();
                places.clear();
                event = FunctionEvent.envelope();
                data = 0;
            }
            batch.add(record);
            places.add(i);
            event += size;
            data += record.data().length;
        }
        if (!batch.isEmpty()) {
            invoke(batch, places, results);
        }
        return results;
    }

    private void invoke(List<RecordInProgress> batch, List<Integer> places, List<Stage> results)
            throws InterruptedException {
        byte[] event = FunctionEvent.write(UUID.randomUUID().toString(), stream, batch);
        for (int attempt = 1; ; attempt++) {
            try {
                List<FunctionAnswer.Result> answers = FunctionAnswer.read(client.invoke(url, event), batch);
                for (int i = 0; i < batch.size(); i++) {
                    results.set(places.get(i), stage(batch.get(i), answers.get(i), attempt));
                }
                return;
            } catch (FunctionException e) {
                if (closed) {
                    // Not the function's fault: the records are to be processed again, not to be lost among the errors.
                    throw new InterruptedException("Processing was closed");
                }
                if (!e.isRetryable() || attempt > plan.retries()) {
                    for (int i = 0; i < batch.size(); i++) {
                        results.set(places.get(i), failed(batch.get(i), e.code(), e.getMessage(), attempt));
                    }
                    return;
                }
                Thread.sleep(pause(attempt));
            }
        }
    }

    private static long pause(int attempt) {
        long pause = Math.min(LONGEST_PAUSE, SHORTEST_PAUSE << Math.min(attempt - 1, 10));
        return pause / 2 + ThreadLocalRandom.current().nextLong(pause / 2 + 1);
    }

    private Stage stage(RecordInProgress record, FunctionAnswer.Result result, int attempts) {
        return switch (result) {
            case FunctionAnswer.Result.Ok(byte[] data, Map<String, String> keys) ->
                new Stage.Going(new RecordInProgress(record.source(), data, record.keysFromQuery(), keys));
            case FunctionAnswer.Result.Dropped() -> new Stage.Ended(new ProcessedRecord.Dropped(record.source()));
            case FunctionAnswer.Result.Failed(String code, String message) -> failed(record, code, message, attempts);
        };
    }

    private Stage failed(RecordInProgress record, String code, String message, int attempts) {
        return new Stage.Ended(new ProcessedRecord.Failed(
                record.source(), DIRECTORY, code, message, attempts, Map.of("lambdaARN", plan.arn())));
    }

    void close() {
        closed = true;
    }
}
