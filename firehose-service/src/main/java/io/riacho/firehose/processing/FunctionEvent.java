package io.riacho.firehose.processing;

import io.riacho.firehose.destination.DeliveryStreamName;
import io.riacho.firehose.record.SourceRecord;
import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.json.JsonMapper;

/**
 * The event that a function is given.
 *
 * <p>What a source tells beside its records is given on as it is: as {@code kinesisRecordMetadata}, or, where it has an
 * {@code offset}, as {@code mskRecordMetadata}, with the data as {@code kafkaRecordValue}. {@code sourceKinesisStreamArn} and
 * {@code sourceMSKArn} are told once for all records. Times and the {@code subsequenceNumber} are numbers.
 *
 * @see <a href="https://docs.aws.amazon.com/lambda/latest/dg/services-kinesisfirehose.html">Process Amazon Data Firehose
 *     records with Lambda</a>
 */
final class FunctionEvent {

    /** What Lambda takes. */
    static final int LARGEST = 6 * 1024 * 1024;

    private static final String ARRIVAL = "approximateArrivalTimestamp";
    private static final List<String> SOURCES = List.of("sourceKinesisStreamArn", "sourceMSKArn");
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final int ENVELOPE = 1024;
    private static final int RECORD = 256;
    private static final int METADATUM = 16;

    private FunctionEvent() {}

    /** The least size of an event; larger than its records' sum by what is around them. */
    static int envelope() {
        return ENVELOPE;
    }

    /** How much a record adds to an event, or more. */
    static long size(SourceRecord source, byte[] data) {
        long size = RECORD + 4L * ((data.length + 2) / 3) + source.id().length();
        for (Map.Entry<String, String> entry : source.metadata().entrySet()) {
            size += METADATUM + entry.getKey().length() + 6L * entry.getValue().length();
        }
        return size;
    }

    /** Whether the record's data is in, and expected in, {@code kafkaRecordValue}. */
    static boolean isKafka(SourceRecord source) {
        return source.metadata().containsKey("offset");
    }

    static byte[] write(String invocation, DeliveryStreamName stream, List<RecordInProgress> records) {
        ByteArrayOutputStream event = new ByteArrayOutputStream();
        try (JsonGenerator json = JSON.createGenerator(event)) {
            json.writeStartObject();
            json.writeStringProperty("invocationId", invocation);
            for (String name : SOURCES) {
                String arn = records.getFirst().source().metadata().get(name);
                if (arn != null) {
                    json.writeStringProperty(name, arn);
                }
            }
            json.writeStringProperty("deliveryStreamArn", stream.arn());
            json.writeStringProperty("region", stream.region());
            json.writeArrayPropertyStart("records");
            for (RecordInProgress record : records) {
                write(json, record.source(), record.data());
            }
            json.writeEndArray();
            json.writeEndObject();
        }
        return event.toByteArray();
    }

    private static void write(JsonGenerator json, SourceRecord source, byte[] data) {
        boolean kafka = isKafka(source);
        json.writeStartObject();
        json.writeStringProperty("recordId", source.id());
        json.writeNumberProperty(ARRIVAL, source.arrival().toEpochMilli());
        json.writeName(kafka ? "kafkaRecordValue" : "data");
        json.writeBinary(data);
        if (!source.metadata().isEmpty()) {
            json.writeObjectPropertyStart(kafka ? "mskRecordMetadata" : "kinesisRecordMetadata");
            source.metadata().forEach((name, value) -> writeMetadatum(json, name, value));
            json.writeNumberProperty(ARRIVAL, source.arrival().toEpochMilli());
            json.writeEndObject();
        }
        json.writeEndObject();
    }

    private static void writeMetadatum(JsonGenerator json, String name, String value) {
        switch (name) {
            case "sourceKinesisStreamArn", "sourceMSKArn", ARRIVAL -> {
                // Told once for all records, or beside this one.
            }
            case "subsequenceNumber" -> json.writeNumberProperty(name, Long.parseLong(value));
            default -> json.writeStringProperty(name, value);
        }
    }
}
