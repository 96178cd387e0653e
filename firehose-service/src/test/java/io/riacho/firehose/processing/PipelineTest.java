package io.riacho.firehose.processing;

import static io.riacho.firehose.processing.Configurations.metadata;
import static io.riacho.firehose.processing.Configurations.of;
import static io.riacho.firehose.processing.Configurations.processor;
import static io.riacho.firehose.processing.Configurations.record;
import static org.assertj.core.api.Assertions.assertThat;

import io.riacho.firehose.prefix.ObjectKeys;
import io.riacho.firehose.record.PartitionKeys;
import io.riacho.firehose.record.SourceRecord;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.firehose.model.Processor;

class PipelineTest {

    private static final Processings PROCESSINGS = new Processings(ProcessingSettings.of(Map.of()));
    private static final String LOGS = """
            {"messageType": "DATA_MESSAGE", "owner": "1", "logGroup": "g", "logStream": "s", "subscriptionFilters": [],
             "logEvents": [{"id": "1", "timestamp": 1, "message": "{\\"a\\":1}"},
                           {"id": "2", "timestamp": 2, "message": "{\\"a\\":2}"}]}""";

    @AfterAll
    static void close() {
        PROCESSINGS.close();
    }

    @Test
    void withoutProcessorsRecordsStayAsTheyAre() throws Exception {
        Processing processing = PROCESSINGS.open(Configurations.STREAM, null, false);

        assertThat(processing.process(List.of(record(1, "a"), record(2, "b"))))
                .extracting(Configurations::text)
                .containsExactly("a", "b");
    }

    @Test
    void aDelimiterIsPutBehindEachRecord() throws Exception {
        assertThat(texts(List.of(record(1, "a"), record(2, "b")), processor("AppendDelimiterToRecord")))
                .containsExactly("a\n", "b\n");
        assertThat(texts(List.of(record(1, "a")), processor("AppendDelimiterToRecord", "Delimiter", "\\n")))
                .containsExactly("a\n");
        assertThat(texts(List.of(record(1, "a")), processor("AppendDelimiterToRecord", "Delimiter", "\\\\n\\t|\\x")))
                .containsExactly("a\\n\t|\\x");
    }

    @Test
    void recordsInARecordHaveIdsOfTheirOwn() throws Exception {
        List<ProcessedRecord> results = process(
                List.of(record(7, "{\"a\":1}{\"a\":2}\n{\"a\":3}"), record(8, "{\"a\":4}")),
                processor("RecordDeAggregation", "SubRecordType", "JSON"));

        assertThat(results)
                .extracting(Configurations::text)
                .containsExactly("{\"a\":1}", "{\"a\":2}", "{\"a\":3}", "{\"a\":4}");
        assertThat(results)
                .extracting(result -> result.source().id())
                .containsExactly(
                        "shardId-000000000000:7:0",
                        "shardId-000000000000:7:1",
                        "shardId-000000000000:7:2",
                        "shardId-000000000000:8:0");
    }

    @Test
    void partsOfAnAggregatedRecordThatAreAggregatedThemselvesHaveDifferentIds() throws Exception {
        SourceRecord first = record(7, "{}{}");
        List<ProcessedRecord> results = process(
                List.of(first, first.with(1, "{}{}".getBytes(StandardCharsets.UTF_8))),
                processor("RecordDeAggregation", "SubRecordType", "JSON"));

        assertThat(results).extracting(result -> result.source().part()).containsExactly(0, 1, 500, 501);
    }

    @Test
    void processorsWorkInTheApisOrderWhateverTheirOwn() throws Exception {
        byte[] data = gzip(LOGS.getBytes(StandardCharsets.UTF_8));
        List<ProcessedRecord> results = PROCESSINGS
                .open(
                        Configurations.STREAM,
                        of(
                                processor("AppendDelimiterToRecord"),
                                metadata("{a: .a}"),
                                processor("RecordDeAggregation", "SubRecordType", "JSON"),
                                processor("CloudWatchLogProcessing", "DataMessageExtraction", "true"),
                                processor("Decompression", "CompressionFormat", "GZIP")),
                        true)
                .process(List.of(record(1, data)));

        assertThat(results).extracting(Configurations::text).containsExactly("{\"a\":1}\n", "{\"a\":2}\n");
        assertThat(results)
                .extracting(result -> ((ProcessedRecord.Kept) result).keys())
                .containsExactly(
                        new PartitionKeys(Map.of("a", "1"), Map.of()), new PartitionKeys(Map.of("a", "2"), Map.of()));
    }

    @Test
    void whatCloudWatchLogsSendsIsDecompressedAndItsMessagesAreLines() throws Exception {
        byte[] data = gzip(LOGS.getBytes(StandardCharsets.UTF_8));
        Processor decompression = processor("Decompression");

        assertThat(texts(List.of(record(1, data)), decompression)).containsExactly(LOGS);
        assertThat(texts(
                        List.of(record(1, data)),
                        decompression,
                        processor("CloudWatchLogProcessing", "DataMessageExtraction", "true")))
                .containsExactly("{\"a\":1}\n{\"a\":2}\n");
        assertThat(texts(
                        List.of(record(1, data)),
                        decompression,
                        processor("CloudWatchLogProcessing", "DataMessageExtraction", "true"),
                        processor("AppendDelimiterToRecord")))
                .containsExactly("{\"a\":1}\n{\"a\":2}\n");
        byte[] control = gzip(LOGS.replace("DATA_MESSAGE", "CONTROL_MESSAGE").getBytes(StandardCharsets.UTF_8));
        assertThat(texts(
                        List.of(record(1, control)),
                        decompression,
                        processor("CloudWatchLogProcessing", "DataMessageExtraction", "true")))
                .containsExactly("dropped");
    }

    @Test
    void aRecordThatCannotBeDecompressedFailsAloneAsTheSourceGaveIt() throws Exception {
        List<ProcessedRecord> results = process(
                List.of(record(1, "plain"), record(2, gzip("good".getBytes(StandardCharsets.UTF_8)))),
                processor("Decompression"));

        assertThat(results).extracting(Configurations::text).containsExactly("Decompression.Failed", "good");
        assertThat(((ProcessedRecord.Failed) results.getFirst()).directory()).isEqualTo("processing-failed");
        assertThat(results.getFirst().source().data())
                .asString(StandardCharsets.UTF_8)
                .isEqualTo("plain");
    }

    @Test
    void aFewBytesThatStandForVeryManyAreNotDecompressed() throws Exception {
        byte[] bomb = gzip(new byte[LogData.LARGEST + 1]);

        assertThat(bomb).hasSizeLessThan(100_000);
        assertThat(texts(List.of(record(1, bomb)), processor("Decompression"))).containsExactly("Decompression.Failed");
    }

    @Test
    void aRecordWithoutPartitionKeysFailsAlone() throws Exception {
        List<ProcessedRecord> results = PROCESSINGS
                .open(Configurations.STREAM, of(metadata("{k: .k}")), true)
                .process(List.of(
                        record(1, "{\"k\":\"a\"}"), record(2, "{}"), record(3, "no json"), record(4, "{\"k\":2}")));

        assertThat(results)
                .extracting(Configurations::text)
                .containsExactly(
                        "{\"k\":\"a\"}",
                        "DynamicPartitioning.MetadataExtractionFailed",
                        "DynamicPartitioning.MetadataExtractionFailed",
                        "{\"k\":2}");
        ProcessedRecord.Failed failed = (ProcessedRecord.Failed) results.get(1);
        assertThat(failed.directory()).isEqualTo("metadata-extraction-failed");
        assertThat(failed.message()).isEqualTo("partitionKeys values must not be null or empty");
        assertThat(((ProcessedRecord.Failed) results.get(2)).message()).isEqualTo("Non JSON record provided");
    }

    @Test
    void aRecordWhosePartitionKeysLeadOutOfThePrefixFails() throws Exception {
        ObjectKeys keys =
                ObjectKeys.of("data/!{partitionKeyFromQuery:k}/", "errors/!{firehose:error-output-type}/", null);
        List<ProcessedRecord> results = PROCESSINGS
                .open(Configurations.STREAM, of(metadata("{k: .k}")), true, keys)
                .process(List.of(record(1, "{\"k\":\"..\"}"), record(2, "{\"k\":\"a\"}")));

        assertThat(results)
                .extracting(Configurations::text)
                .containsExactly("DynamicPartitioning.MetadataExtractionFailed", "{\"k\":\"a\"}");
    }

    private static List<String> texts(List<SourceRecord> records, Processor... processors) throws InterruptedException {
        return process(records, processors).stream().map(Configurations::text).toList();
    }

    private static List<ProcessedRecord> process(List<SourceRecord> records, Processor... processors)
            throws InterruptedException {
        return PROCESSINGS.open(Configurations.STREAM, of(processors), false).process(records);
    }

    private static byte[] gzip(byte[] data) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
            out.write(data);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }
}
