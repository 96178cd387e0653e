package io.riacho.kdasql;

import io.riacho.kdasql.ApplicationCode.Input;
import io.riacho.kdasql.ApplicationCode.Output;
import io.riacho.kdasql.ApplicationCode.Reference;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/**
 * Reads what an application is connected to from JSON in the shapes of the Kinesis Analytics APIs (a request or description of version 1, or the {@code SqlApplicationConfiguration} of version 2),
 * wherever in the document they stand.
 */
final class ApplicationJson {
    private static final int MOST_PARALLEL = 64;

    private ApplicationJson() {}

    static ApplicationCode application(String code, JsonNode json) {
        List<Input> inputs = new ArrayList<>();
        List<Reference> references = new ArrayList<>();
        List<Output> outputs = new ArrayList<>();
        for (JsonNode input : lists(json, "Inputs", "InputDescriptions")) {
            List<Column> columns = columns(input.path("InputSchema"));
            int count = Math.clamp(input.path("InputParallelism").path("Count").asInt(1), 1, MOST_PARALLEL);
            for (int i = 1; i <= count; i++) {
                String name = "%s_%03d".formatted(input.path("NamePrefix").asString(""), i);
                inputs.add(new Input(name, columns, resource(input, "kinesis")));
            }
        }
        for (JsonNode reference : lists(json, "ReferenceDataSources", "ReferenceDataSourceDescriptions")) {
            references.add(new Reference(
                    reference.path("TableName").asString(""),
                    columns(reference.path("ReferenceSchema")),
                    resource(reference, "reference")));
        }
        for (JsonNode output : lists(json, "Outputs", "OutputDescriptions")) {
            boolean firehose = output.has("KinesisFirehoseOutput") || output.has("KinesisFirehoseOutputDescription");
            boolean function = output.has("LambdaOutput") || output.has("LambdaOutputDescription");
            outputs.add(new Output(
                    output.path("Name").asString(""),
                    resource(output, firehose ? "firehose" : function ? "function" : "kinesis")));
        }
        return new ApplicationCode(code, inputs, references, outputs, Limits.DEFAULT);
    }

    private static List<JsonNode> lists(JsonNode json, String... names) {
        List<JsonNode> elements = new ArrayList<>();
        for (String name : names) {
            for (JsonNode list : json.findValues(name)) {
                list.forEach(elements::add);
            }
        }
        return elements;
    }

    private static List<Column> columns(JsonNode schema) {
        List<Column> columns = new ArrayList<>();
        schema.path("RecordColumns")
                .forEach(c -> columns.add(new Column(
                        c.path("Name").asString(""), c.path("SqlType").asString(""))));
        return columns;
    }

    private static Map<String, String> resource(JsonNode json, String connector) {
        Map<String, String> options = new LinkedHashMap<>();
        options.put("connector", connector);
        String arn = json.findValues("ResourceARN").stream()
                .findFirst()
                .map(a -> a.asString(""))
                .orElse("");
        switch (connector) {
            case "kinesis" -> options.put("stream.arn", arn);
            case "function" -> options.put("function.arn", arn);
            case "firehose" -> options.put("delivery-stream", arn.substring(arn.lastIndexOf('/') + 1));
            default -> {}
        }
        return options;
    }
}
