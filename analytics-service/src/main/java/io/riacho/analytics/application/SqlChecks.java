package io.riacho.analytics.application;

import io.riacho.analytics.error.AnalyticsErrors;
import io.riacho.protocol.Arn;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.kinesisanalyticsv2.model.InputDescription;
import software.amazon.awssdk.services.kinesisanalyticsv2.model.KinesisFirehoseOutputDescription;
import software.amazon.awssdk.services.kinesisanalyticsv2.model.KinesisStreamsOutputDescription;
import software.amazon.awssdk.services.kinesisanalyticsv2.model.LambdaOutputDescription;
import software.amazon.awssdk.services.kinesisanalyticsv2.model.OutputDescription;
import software.amazon.awssdk.services.kinesisanalyticsv2.model.RecordColumn;
import software.amazon.awssdk.services.kinesisanalyticsv2.model.RecordFormat;
import software.amazon.awssdk.services.kinesisanalyticsv2.model.RecordFormatType;
import software.amazon.awssdk.services.kinesisanalyticsv2.model.ReferenceDataSourceDescription;
import software.amazon.awssdk.services.kinesisanalyticsv2.model.SourceSchema;

/** What inputs, outputs and reference data have to be; the model says the rest. */
final class SqlChecks {

    static final List<String> DESTINATIONS = List.of("KinesisStreamsOutput", "KinesisFirehoseOutput", "LambdaOutput");

    private SqlChecks() {}

    static InputDescription input(InputDescription input) {
        if (input.kinesisFirehoseInputDescription() != null) {
            throw AnalyticsErrors.notSupported("KinesisFirehoseInput");
        }
        if (input.kinesisStreamsInputDescription() == null) {
            throw AnalyticsErrors.invalidArgument("An input needs a KinesisStreamsInput.");
        }
        requireArn(input.kinesisStreamsInputDescription().resourceARN(), "kinesis", "stream/");
        if (input.inputProcessingConfigurationDescription() != null
                && input.inputProcessingConfigurationDescription().inputLambdaProcessorDescription() != null) {
            requireArn(
                    input.inputProcessingConfigurationDescription()
                            .inputLambdaProcessorDescription()
                            .resourceARN(),
                    "lambda",
                    "function:");
        }
        return input.toBuilder().inputSchema(schema(input.inputSchema())).build();
    }

    static OutputDescription output(OutputDescription output) {
        long destinations = Stream.of(
                        output.kinesisStreamsOutputDescription(),
                        output.kinesisFirehoseOutputDescription(),
                        output.lambdaOutputDescription())
                .filter(destination -> destination != null)
                .count();
        if (destinations != 1) {
            throw AnalyticsErrors.invalidArgument("An output needs one of KinesisStreamsOutput, KinesisFirehoseOutput"
                    + " and LambdaOutput.");
        }
        if (output.kinesisStreamsOutputDescription() != null) {
            requireArn(output.kinesisStreamsOutputDescription().resourceARN(), "kinesis", "stream/");
        }
        if (output.kinesisFirehoseOutputDescription() != null) {
            requireArn(output.kinesisFirehoseOutputDescription().resourceARN(), "firehose", "deliverystream/");
        }
        if (output.lambdaOutputDescription() != null) {
            requireArn(output.lambdaOutputDescription().resourceARN(), "lambda", "function:");
        }
        return output;
    }

    static OutputDescription without(OutputDescription output, String destination) {
        OutputDescription.Builder rest = output.toBuilder();
        switch (destination) {
            case "KinesisStreamsOutput" ->
                rest.kinesisStreamsOutputDescription((KinesisStreamsOutputDescription) null);
            case "KinesisFirehoseOutput" ->
                rest.kinesisFirehoseOutputDescription((KinesisFirehoseOutputDescription) null);
            default -> rest.lambdaOutputDescription((LambdaOutputDescription) null);
        }
        return rest.build();
    }

    static ReferenceDataSourceDescription reference(ReferenceDataSourceDescription reference) {
        if (reference.s3ReferenceDataSourceDescription() == null) {
            throw AnalyticsErrors.invalidArgument("A reference data source needs an S3ReferenceDataSource.");
        }
        String bucket = reference.s3ReferenceDataSourceDescription().bucketARN();
        if (bucket == null || !bucket.startsWith("arn:aws:s3:::")) {
            throw AnalyticsErrors.invalidArgument(bucket + " is no ARN of a bucket.");
        }
        if (reference.s3ReferenceDataSourceDescription().fileKey() == null) {
            throw AnalyticsErrors.invalidArgument("An S3ReferenceDataSource needs a FileKey.");
        }
        return reference.toBuilder()
                .referenceSchema(schema(reference.referenceSchema()))
                .build();
    }

    private static SourceSchema schema(@Nullable SourceSchema schema) {
        if (schema == null || schema.recordFormat() == null) {
            throw AnalyticsErrors.invalidArgument("A schema is missing.");
        }
        RecordFormat format = schema.recordFormat();
        boolean json = format.recordFormatType() == RecordFormatType.JSON;
        if (format.mappingParameters() != null) {
            boolean fits = json
                    ? format.mappingParameters().csvMappingParameters() == null
                    : format.mappingParameters().jsonMappingParameters() == null;
            if (!fits) {
                throw AnalyticsErrors.invalidArgument(
                        "The mapping parameters are not those of " + format.recordFormatTypeAsString() + ".");
            }
        }
        if (!json
                && (format.mappingParameters() == null
                        || format.mappingParameters().csvMappingParameters() == null)) {
            throw AnalyticsErrors.invalidArgument("CSV needs CSVMappingParameters.");
        }
        Set<String> names = new HashSet<>();
        for (RecordColumn column : schema.recordColumns()) {
            if (!names.add(column.name().toUpperCase(Locale.ROOT))) {
                throw AnalyticsErrors.invalidArgument("There are two columns " + column.name() + ".");
            }
            if (json && column.mapping() == null) {
                throw AnalyticsErrors.invalidArgument("The column " + column.name() + " needs a mapping.");
            }
        }
        return schema.recordEncoding() == null
                ? schema.toBuilder().recordEncoding("UTF-8").build()
                : schema;
    }

    private static void requireArn(@Nullable String arn, String service, String resource) {
        boolean fits = arn != null
                && Arn.parse(arn)
                        .filter(parsed -> parsed.service().equals(service)
                                && parsed.resource().startsWith(resource))
                        .isPresent();
        if (!fits) {
            throw AnalyticsErrors.invalidArgument(arn + " is no ARN of the kind that is needed here (" + service + ").");
        }
    }
}
