package io.riacho.firehose.processing;

import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What a function made of records.
 *
 * @see <a href="https://docs.aws.amazon.com/firehose/latest/dev/data-transformation-status-model.html">Required parameters
 *     for data transformation</a>
 */
final class FunctionAnswer {

    sealed interface Result {

        record Ok(byte[] data, Map<String, String> keys) implements Result {}

        record Dropped() implements Result {}

        record Failed(String code, String message) implements Result {}
    }

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final String BAD_FORMAT = "Check your function and make sure the output is in required format. In"
            + " addition to that, make sure the processed records contain valid result status of Dropped, Ok, or"
            + " ProcessingFailed";

    private FunctionAnswer() {}

    /**
     * The result for each record that was asked for, in their order. What the function tells of other records does not count.
     *
     * @throws FunctionException where the answer tells nothing of records
     */
    static List<Result> read(byte[] answer, List<RecordInProgress> asked) throws FunctionException {
        Map<String, List<JsonNode>> told = new HashMap<>();
        for (JsonNode record : records(answer)) {
            told.computeIfAbsent(record.path("recordId").asString(""), id -> new ArrayList<>(1))
                    .add(record);
        }
        List<Result> results = new ArrayList<>(asked.size());
        for (RecordInProgress record : asked) {
            List<JsonNode> found = told.getOrDefault(record.source().id(), List.of());
            results.add(
                    switch (found.size()) {
                        case 0 ->
                            new Result.Failed(
                                    "Lambda.MissingRecordId",
                                    "One or more record Ids were not returned. Ensure that the Lambda function returns"
                                            + " all received record Ids.");
                        case 1 -> result(found.getFirst(), FunctionEvent.isKafka(record.source()));
                        default ->
                            new Result.Failed(
                                    "Lambda.DuplicatedRecordId",
                                    "Multiple records were returned with the same record Id. Ensure that the Lambda"
                                            + " function returns unique record Ids for each record.");
                    });
        }
        return results;
    }

    private static JsonNode records(byte[] answer) throws FunctionException {
        JsonNode root;
        try {
            root = JSON.readTree(answer);
        } catch (JacksonException e) {
            throw badAnswer();
        }
        JsonNode records = root.path("records");
        if (records.isArray()) {
            return records;
        }
        // So the runtimes of Lambda tell of a function that failed, where no header does.
        throw root.has("errorMessage") || root.has("errorType") ? FunctionClient.functionError() : badAnswer();
    }

    private static FunctionException badAnswer() {
        return new FunctionException(
                "Lambda.JsonProcessingException",
                "There was an error parsing returned records from the Lambda function. Ensure that the returned records"
                        + " follow the status model required by Amazon Data Firehose.",
                false);
    }

    private static Result result(JsonNode record, boolean kafka) {
        return switch (record.path("result").asString("")) {
            case "Ok" -> ok(record, kafka);
            case "Dropped" -> new Result.Dropped();
            case "ProcessingFailed" ->
                new Result.Failed("Lambda.ProcessingFailedStatus", "ProcessingFailed status set for record");
            default -> new Result.Failed("Lambda.FunctionError", BAD_FORMAT);
        };
    }

    private static Result ok(JsonNode record, boolean kafka) {
        JsonNode data = record.path(kafka ? "kafkaRecordValue" : "data");
        Map<String, String> partitionKeys = new LinkedHashMap<>();
        // What a record's table is told by, is read as its partition keys are: tables are delivered to apart.
        if (!data.isString()
                || !addTo(partitionKeys, record.path("metadata").path("partitionKeys"))
                || !addTo(partitionKeys, record.path("metadata").path("otfMetadata"))) {
            return new Result.Failed("Lambda.FunctionError", BAD_FORMAT);
        }
        try {
            return new Result.Ok(Base64.getDecoder().decode(data.stringValue()), partitionKeys);
        } catch (IllegalArgumentException e) {
            return new Result.Failed(
                    "Lambda.JsonMappingException",
                    "There was an error parsing returned records from the Lambda function. Ensure that data field is"
                            + " base-64 encoded.");
        }
    }

    /** @return whether they are keys at all: an object of values, or nothing */
    private static boolean addTo(Map<String, String> partitionKeys, JsonNode keys) {
        if (!(keys.isMissingNode() || keys.isNull() || keys.isObject())) {
            return false;
        }
        for (Map.Entry<String, JsonNode> key : keys.properties()) {
            if (!key.getValue().isValueNode()) {
                return false;
            }
            partitionKeys.put(
                    key.getKey(), key.getValue().isNull() ? "" : key.getValue().asString());
        }
        return true;
    }
}
