package io.riacho.flink.source;

import io.riacho.flink.access.FunctionCaller;
import java.io.Serializable;
import java.net.URI;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledExecutorService;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Pre-processing by a function: Lambda's event of Kinesis Data Analytics over HTTP. What the function says of a record is
 * done; a record that it does not speak of has failed. A function that cannot be asked is asked again until it can.
 *
 * @see <a href="https://docs.aws.amazon.com/kinesisanalytics/latest/dev/lambda-preprocessing.html">Preprocessing data using a
 *     Lambda function</a>
 */
final class RecordFunction implements AutoCloseable {

    /**
     * @param arn what the function is called, in messages
     * @param application the ARN of who asks
     */
    record Settings(
            URI url,
            String arn,
            String application,
            String stream,
            @Nullable String trustedCa) implements Serializable {

        private static final long serialVersionUID = 1L;
    }

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final int MAX_RECORDS = 500;
    /** Lambda's limit is 6 MiB, of which base64 and what is around each record take a third and more. */
    private static final int MAX_BYTES = 3 * 1024 * 1024;

    private final Settings settings;
    private final FunctionCaller caller;

    private RecordFunction(Settings settings) {
        this.settings = settings;
        this.caller = new FunctionCaller(settings.url, settings.trustedCa);
    }

    static @Nullable RecordFunction open(@Nullable Settings settings) {
        return settings == null ? null : new RecordFunction(settings);
    }

    /** The records as the function made them, in their order. */
    CompletableFuture<List<ReadRecord>> process(Iterator<ReadRecord> records, ScheduledExecutorService timer) {
        return next(records, timer, new ArrayList<>());
    }

    private CompletableFuture<List<ReadRecord>> next(
            Iterator<ReadRecord> records, ScheduledExecutorService timer, List<ReadRecord> done) {
        List<ReadRecord> batch = new ArrayList<>();
        long bytes = 0;
        while (records.hasNext() && batch.size() < MAX_RECORDS && bytes < MAX_BYTES) {
            ReadRecord record = records.next();
            batch.add(record);
            bytes += record.data() == null ? 0 : record.data().length;
        }
        if (batch.isEmpty()) {
            return CompletableFuture.completedFuture(done);
        }
        byte[] event = JSON.writeValueAsBytes(event(batch));
        return caller.callUntilAnswered(event, timer).thenCompose(answer -> {
            done.addAll(read(batch, answer));
            return next(records, timer, done);
        });
    }

    private ObjectNode event(List<ReadRecord> batch) {
        ObjectNode event = JSON.createObjectNode();
        event.put("invocationId", UUID.randomUUID().toString());
        event.put("applicationArn", settings.application);
        event.put("streamArn", settings.stream);
        ArrayNode records = event.putArray("records");
        for (int i = 0; i < batch.size(); i++) {
            ReadRecord record = batch.get(i);
            ObjectNode one = records.addObject().put("recordId", Integer.toString(i));
            one.putObject("kinesisStreamRecordMetadata")
                    .put("sequenceNumber", record.sequenceNumber())
                    .put("partitionKey", record.partitionKey())
                    .put("approximateArrivalTimestamp", record.arrival());
            one.put("data", Base64.getEncoder().encodeToString(record.data() == null ? new byte[0] : record.data()));
        }
        return event;
    }

    private List<ReadRecord> read(List<ReadRecord> batch, JsonNode answer) {
        Map<String, JsonNode> told = new HashMap<>();
        for (JsonNode record : answer.path("records")) {
            told.put(record.path("recordId").asString(""), record);
        }
        List<ReadRecord> made = new ArrayList<>(batch.size());
        for (int i = 0; i < batch.size(); i++) {
            made.add(made(batch.get(i), told.get(Integer.toString(i))));
        }
        return made;
    }

    private ReadRecord made(ReadRecord record, @Nullable JsonNode told) {
        if (told == null) {
            return record.failed("The function " + settings.arn + " did not return the record");
        }
        return switch (told.path("result").asString("")) {
            case "Ok" -> {
                try {
                    yield record.with(
                            Base64.getDecoder().decode(told.path("data").asString("")));
                } catch (IllegalArgumentException e) {
                    yield record.failed("The function " + settings.arn + " returned data that is not base64");
                }
            }
            case "Dropped" -> record.with(null);
            case "ProcessingFailed" -> record.failed("The function " + settings.arn + " could not process the record");
            default -> record.failed("The function " + settings.arn + " returned a result that is none");
        };
    }

    @Override
    public void close() {
        caller.close();
    }
}
