package io.riacho.flink.sink;

import io.riacho.flink.access.FunctionCaller;
import java.net.URI;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A function over HTTP, which is given Lambda's output event of Kinesis Data Analytics. What it does not call {@code Ok} it is
 * given again, for ever, with a {@code retryHint} that says how often it was given it before.
 *
 * @param arn what the function is called, in messages
 * @param application the ARN of the application that asks
 * @see <a href="https://docs.aws.amazon.com/kinesisanalytics/latest/dev/how-it-works-output-lambda.html">Using a Lambda
 *     function as output</a>
 */
record FunctionDestination(
        URI url, String arn, String application, @Nullable String trustedCa) implements Destination {

    private static final long serialVersionUID = 1L;

    static final int MOST_RECORDS = 500;
    /** Lambda takes 6 MiB, which base64 makes a third less. */
    static final long MOST_BYTES = 3L * 1024 * 1024;

    @Override
    public long largestRecord() {
        return MOST_BYTES;
    }

    @Override
    public String name() {
        return "the function " + arn;
    }

    @Override
    public Sender open() {
        return new Calls(this);
    }

    private static final class Calls implements Sender {

        private static final JsonMapper JSON = JsonMapper.builder().build();

        private final FunctionDestination destination;
        private final FunctionCaller caller;

        Calls(FunctionDestination destination) {
            this.destination = destination;
            this.caller = new FunctionCaller(destination.url, destination.trustedCa);
        }

        @Override
        public CompletableFuture<List<SinkEntry>> send(List<SinkEntry> entries) {
            return caller.call(JSON.writeValueAsBytes(event(entries))).thenApply(answer -> left(entries, answer));
        }

        private ObjectNode event(List<SinkEntry> entries) {
            ObjectNode event = JSON.createObjectNode();
            event.put("invocationId", UUID.randomUUID().toString());
            event.put("applicationArn", destination.application);
            ArrayNode records = event.putArray("records");
            for (int i = 0; i < entries.size(); i++) {
                SinkEntry entry = entries.get(i);
                ObjectNode record = records.addObject().put("recordId", Integer.toString(i));
                record.putObject("lambdaDeliveryRecordMetadata").put("retryHint", entry.failures());
                record.put("data", Base64.getEncoder().encodeToString(entry.data()));
            }
            return event;
        }

        private static List<SinkEntry> left(List<SinkEntry> entries, JsonNode answer) {
            Set<String> taken = new HashSet<>();
            for (JsonNode record : answer.path("records")) {
                if (record.path("result").asString("").equals("Ok")) {
                    taken.add(record.path("recordId").asString(""));
                }
            }
            List<SinkEntry> left = new ArrayList<>();
            for (int i = 0; i < entries.size(); i++) {
                if (!taken.contains(Integer.toString(i))) {
                    left.add(entries.get(i).failed());
                }
            }
            return left;
        }

        @Override
        public boolean isTransient(Throwable cause, int failures) {
            return cause instanceof FunctionCaller.Failure;
        }

        @Override
        public RuntimeException failure(Throwable cause) {
            return new SinkException(destination.name(), cause);
        }

        @Override
        public void close() {
            caller.close();
        }
    }
}
