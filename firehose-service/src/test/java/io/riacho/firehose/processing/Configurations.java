package io.riacho.firehose.processing;

import io.riacho.firehose.destination.DeliveryStreamName;
import io.riacho.firehose.record.SourceRecord;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.firehose.model.ProcessingConfiguration;
import software.amazon.awssdk.services.firehose.model.Processor;
import software.amazon.awssdk.services.firehose.model.ProcessorParameter;

/** What tests of processing are made of. */
final class Configurations {

    static final DeliveryStreamName STREAM = new DeliveryStreamName(
            "orders", "arn:aws:firehose:us-east-1:000000000000:deliverystream/orders", "us-east-1");
    static final String ARN = "arn:aws:lambda:us-east-1:000000000000:function:transform";
    static final Instant ARRIVAL = Instant.parse("2026-11-26T15:00:00.123Z");

    private Configurations() {}

    static ProcessingConfiguration of(Processor... processors) {
        return ProcessingConfiguration.builder()
                .enabled(true)
                .processors(processors)
                .build();
    }

    /** @param parameters names and values, one behind the other */
    static Processor processor(String type, String... parameters) {
        List<ProcessorParameter> list = new ArrayList<>();
        for (int i = 0; i < parameters.length; i += 2) {
            list.add(ProcessorParameter.builder()
                    .parameterName(parameters[i])
                    .parameterValue(parameters[i + 1])
                    .build());
        }
        return Processor.builder().type(type).parameters(list).build();
    }

    static Processor metadata(String query) {
        return processor("MetadataExtraction", "MetadataExtractionQuery", query, "JsonParsingEngine", "JQ-1.6");
    }

    static SourceRecord record(long position, String data) {
        return record(position, data.getBytes(StandardCharsets.UTF_8));
    }

    static SourceRecord record(long position, byte[] data) {
        return new SourceRecord(
                "shardId-000000000000", BigInteger.valueOf(position), 0, "key", ARRIVAL, data, Map.of());
    }

    static String text(ProcessedRecord record) {
        return switch (record) {
            case ProcessedRecord.Kept kept -> new String(kept.record().data(), StandardCharsets.UTF_8);
            case ProcessedRecord.Dropped dropped -> "dropped";
            case ProcessedRecord.Failed failed -> failed.code();
        };
    }
}
