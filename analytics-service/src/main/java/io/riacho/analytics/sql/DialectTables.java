package io.riacho.analytics.sql;

import io.riacho.analytics.job.CodeException;
import io.riacho.kdasql.ApplicationCode.Input;
import io.riacho.kdasql.ApplicationCode.Output;
import io.riacho.kdasql.ApplicationCode.Reference;
import io.riacho.kdasql.Column;
import io.riacho.protocol.WireFormat;
import io.riacho.protocol.shape.ShapeWriter;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.kinesisanalyticsv2.model.InputDescription;
import software.amazon.awssdk.services.kinesisanalyticsv2.model.OutputDescription;
import software.amazon.awssdk.services.kinesisanalyticsv2.model.RecordFormatType;
import software.amazon.awssdk.services.kinesisanalyticsv2.model.ReferenceDataSourceDescription;
import software.amazon.awssdk.services.kinesisanalyticsv2.model.SourceSchema;

/** What an application of the dialect is connected to, as tables of Flink. */
final class DialectTables {

    private static final ShapeWriter WRITER = new ShapeWriter();
    private static final String FORMAT = "kinesis-analytics";

    private final ApplicationCode code;
    private final JobSettings settings;

    DialectTables(ApplicationCode code, JobSettings settings) {
        this.code = code;
        this.settings = settings;
    }

    /** One for each in-application input stream; they divide the shards among them. */
    List<Input> inputs() {
        List<Input> inputs = new ArrayList<>();
        for (InputDescription input : code.inputs()) {
            List<String> names = input.inAppStreamNames();
            for (int i = 0; i < names.size(); i++) {
                Map<String, String> options = source(input);
                if (names.size() > 1) {
                    options.put("shards.modulo", Integer.toString(names.size()));
                    options.put("shards.remainder", Integer.toString(i));
                }
                inputs.add(new Input(names.get(i), columns(input.inputSchema()), options));
            }
        }
        return inputs;
    }

    List<Reference> references() {
        return code.references().stream().map(this::reference).toList();
    }

    List<Output> outputs() {
        return code.outputs().stream()
                .map(output -> new Output(output.name(), sink(output)))
                .toList();
    }

    private Map<String, String> source(InputDescription input) {
        var stream = input.kinesisStreamsInputDescription();
        Map<String, String> options = new LinkedHashMap<>();
        options.put("connector", "kinesis");
        options.put("stream.arn", stream.resourceARN());
        options.put("aws.credentials.uri", credentials(stream.roleARN()));
        ApplicationCode.Start start = code.starts().get(input.inputId());
        if (start == null) {
            options.put("source.init.position", "LATEST");
        } else if (start.from() == null) {
            options.put("source.init.position", "TRIM_HORIZON");
        } else {
            options.put("source.init.position", "AT_TIMESTAMP");
            options.put("source.init.timestamp", start.from().toString());
        }
        decoding(options, input.inputSchema());
        var processing = input.inputProcessingConfigurationDescription();
        if (processing != null && processing.inputLambdaProcessorDescription() != null) {
            options.put(
                    FORMAT + ".function",
                    function(processing.inputLambdaProcessorDescription().resourceARN()));
            options.put(FORMAT + ".application", code.arn());
        }
        return options;
    }

    private Reference reference(ReferenceDataSourceDescription reference) {
        if (!settings.knowsBuckets()) {
            throw new CodeException("Reference data cannot be read: riacho.analytics.s3.endpoint is not set.", 0, 0);
        }
        var object = reference.s3ReferenceDataSourceDescription();
        Map<String, String> options = new LinkedHashMap<>();
        options.put("connector", "reference");
        options.put("s3.bucket", object.bucketARN().substring(object.bucketARN().lastIndexOf(':') + 1));
        options.put("s3.key", object.fileKey());
        if (settings.servesObjects()) {
            options.put(
                    "riacho.objects.uri",
                    code.objects(acting(object.referenceRoleARN())).toString());
        } else {
            options.put("aws.credentials.uri", credentials(object.referenceRoleARN()));
        }
        decoding(options, reference.referenceSchema());
        return new Reference(reference.tableName(), columns(reference.referenceSchema()), options);
    }

    private Map<String, String> sink(OutputDescription output) {
        Map<String, String> options = new LinkedHashMap<>();
        if (output.kinesisStreamsOutputDescription() != null) {
            options.put("connector", "kinesis");
            options.put("stream.arn", output.kinesisStreamsOutputDescription().resourceARN());
            options.put(
                    "aws.credentials.uri",
                    credentials(output.kinesisStreamsOutputDescription().roleARN()));
        } else if (output.kinesisFirehoseOutputDescription() != null) {
            String arn = output.kinesisFirehoseOutputDescription().resourceARN();
            options.put("connector", "firehose");
            options.put("delivery-stream", arn.substring(arn.lastIndexOf('/') + 1));
            options.put(
                    "aws.credentials.uri",
                    credentials(output.kinesisFirehoseOutputDescription().roleARN()));
        } else {
            options.put("connector", "function");
            options.put(
                    "function.arn", function(output.lambdaOutputDescription().resourceARN()));
            options.put("application.arn", code.arn());
        }
        options.put("format", FORMAT);
        options.put(
                FORMAT + ".record-format",
                output.destinationSchema().recordFormatType() == RecordFormatType.CSV ? "CSV" : "JSON");
        return options;
    }

    private static void decoding(Map<String, String> options, SourceSchema schema) {
        ByteArrayOutputStream json = new ByteArrayOutputStream();
        WRITER.write(schema, WireFormat.JSON, json);
        options.put("format", FORMAT);
        options.put(FORMAT + ".schema", json.toString(StandardCharsets.UTF_8));
    }

    private static List<Column> columns(SourceSchema schema) {
        return schema.recordColumns().stream()
                .map(column -> new Column(column.name(), column.sqlType()))
                .toList();
    }

    private String function(String arn) {
        if (!settings.knowsFunction(arn)) {
            throw new CodeException(
                    "Where the function " + arn + " is, is not known: riacho.analytics.functions does not name it.",
                    0,
                    0);
        }
        return arn;
    }

    private String credentials(@Nullable String role) {
        return code.credentials(acting(role)).toString();
    }

    /** The application's role, where the table has none of its own. */
    private String acting(@Nullable String role) {
        String acting = role == null ? code.role() : role;
        if (acting == null) {
            throw new CodeException("The application has no role: set a ServiceExecutionRole.", 0, 0);
        }
        return acting;
    }
}
