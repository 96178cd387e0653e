package io.riacho.firehose.processing;

import static io.riacho.firehose.processing.Configurations.metadata;
import static io.riacho.firehose.processing.Configurations.of;
import static io.riacho.firehose.processing.Configurations.processor;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.riacho.protocol.AwsException;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.firehose.model.ProcessingConfiguration;

class ProcessingCheckTest {

    private static final String ARN = Configurations.ARN;
    private static final Processings PROCESSINGS = new Processings(ProcessingSettings.of(
            Map.of(ARN, URI.create("http://127.0.0.1:1/"), ARN + ":prod", URI.create("http://127.0.0.1:2/"))));

    @AfterAll
    static void close() {
        PROCESSINGS.close();
    }

    @Test
    void allProcessorsOfTheApiWithTheirParametersAreTaken() {
        assertThatCode(() -> PROCESSINGS.check(
                        of(
                                processor("Decompression", "CompressionFormat", "GZIP"),
                                processor("CloudWatchLogProcessing", "DataMessageExtraction", "false"),
                                processor("RecordDeAggregation", "SubRecordType", "DELIMITED", "Delimiter", "IyMjIw=="),
                                processor(
                                        "Lambda",
                                        "LambdaArn",
                                        ARN + ":$LATEST",
                                        "NumberOfRetries",
                                        "0",
                                        "RoleArn",
                                        "arn:aws:iam::000000000000:role/firehose",
                                        "BufferSizeInMBs",
                                        "0.2",
                                        "BufferIntervalInSeconds",
                                        "0"),
                                metadata("{k: .k}")),
                        true))
                .doesNotThrowAnyException();
        assertThatCode(() -> PROCESSINGS.check(
                        of(
                                processor("AppendDelimiterToRecord"),
                                processor("RecordDeAggregation", "SubRecordType", "JSON")),
                        false))
                .doesNotThrowAnyException();
    }

    @Test
    void nothingIsProcessedWhereItIsNotEnabled() {
        assertThatCode(() -> PROCESSINGS.check(null, false)).doesNotThrowAnyException();
        assertThatCode(() -> PROCESSINGS.check(
                        ProcessingConfiguration.builder().enabled(false).build(), false))
                .doesNotThrowAnyException();
        assertThat(PROCESSINGS.open(Configurations.STREAM, null, false).gathering())
                .isNull();
    }

    static Stream<Arguments> refused() {
        return Stream.of(
                Arguments.of(of(), "A maximum of 5 and a minimum of 1 processor"),
                Arguments.of(of(processor("Encryption")), "Processor type Encryption is not supported"),
                Arguments.of(
                        of(processor("AppendDelimiterToRecord"), processor("AppendDelimiterToRecord")),
                        "Cannot have more than 1 AppendDelimiterToRecord processor."),
                Arguments.of(
                        of(processor("AppendDelimiterToRecord", "LambdaArn", ARN)),
                        "Parameter LambdaArn is not valid for processor AppendDelimiterToRecord"),
                Arguments.of(
                        of(processor("AppendDelimiterToRecord", "Nonsense", "1")),
                        "Parameter Nonsense is not valid for processor"),
                Arguments.of(
                        of(processor("AppendDelimiterToRecord", "Delimiter", "a", "Delimiter", "b")),
                        "Parameter Delimiter of processor AppendDelimiterToRecord is given more than once"),
                Arguments.of(
                        of(processor("Decompression", "CompressionFormat", "ZIP")),
                        "CompressionFormat for Decompression processor has to be one of GZIP"),
                Arguments.of(
                        of(processor("CloudWatchLogProcessing", "DataMessageExtraction", "true")),
                        "CloudWatchLogProcessingProcessor can only be enabled with DecompressionProcessor"),
                Arguments.of(
                        of(processor("Decompression"), processor("CloudWatchLogProcessing")),
                        "DataMessageExtraction for CloudWatchLogProcessing processor has to be one of true, false"),
                Arguments.of(
                        of(processor("RecordDeAggregation", "SubRecordType", "XML")),
                        "SubRecordType has to be one of JSON, DELIMITED"),
                Arguments.of(
                        of(processor("RecordDeAggregation", "SubRecordType", "DELIMITED")),
                        "Delimiter should be present for DELIMITED"),
                Arguments.of(
                        of(processor("RecordDeAggregation", "SubRecordType", "DELIMITED", "Delimiter", "####")),
                        "has to be base64 encoded"),
                Arguments.of(
                        of(processor("RecordDeAggregation", "SubRecordType", "JSON", "Delimiter", "Cg==")),
                        "Delimiter should not be present for JSON"),
                Arguments.of(of(processor("Lambda")), "LambdaArn is required when Lambda processor is used."),
                Arguments.of(lambda("LambdaArn", "transform"), "LambdaArn is not the ARN of a function: transform"),
                Arguments.of(
                        lambda("LambdaArn", ARN, "NumberOfRetries", "301"),
                        "Number of retries for lambda must be between 0 and 300."),
                Arguments.of(
                        lambda("LambdaArn", ARN, "NumberOfRetries", "1.5"),
                        "Number of retries for lambda must be between 0 and 300."),
                Arguments.of(
                        lambda("LambdaArn", ARN, "BufferSizeInMBs", "1"),
                        "Both BufferSizeInMBs and BufferIntervalInSeconds are required"),
                Arguments.of(
                        lambda("LambdaArn", ARN, "BufferSizeInMBs", "0.1", "BufferIntervalInSeconds", "60"),
                        "BufferSizeInMBs for lambda processor must be between 0.2 and 3."),
                Arguments.of(
                        lambda("LambdaArn", ARN, "BufferSizeInMBs", "1e9", "BufferIntervalInSeconds", "60"),
                        "BufferSizeInMBs for lambda processor must be between 0.2 and 3."),
                Arguments.of(
                        lambda("LambdaArn", ARN, "BufferSizeInMBs", "1", "BufferIntervalInSeconds", "901"),
                        "BufferIntervalInSeconds for lambda processor must be between 0 and 900."),
                Arguments.of(
                        lambda("LambdaArn", ARN, "RoleArn", "root"),
                        "RoleArn for Lambda processor is not the ARN of a role: root"),
                Arguments.of(
                        of(metadata("{k: .k}")),
                        "MetadataExtraction processor can only be present when Dynamic Partitioning is enabled"));
    }

    @ParameterizedTest
    @MethodSource("refused")
    void whatCannotBeDoneIsRefused(ProcessingConfiguration configuration, String message) {
        assertThatThrownBy(() -> PROCESSINGS.check(configuration, false))
                .isInstanceOfSatisfying(
                        AwsException.class, e -> assertThat(e.type()).isEqualTo("InvalidArgumentException"))
                .hasMessageContaining(message);
    }

    @Test
    void dynamicPartitioningWantsWhatMakesPartitionKeys() {
        assertThatThrownBy(() -> PROCESSINGS.check(null, true))
                .hasMessage("Processing Configuration has to be enabled when Dynamic Partitioning is enabled");
        assertThatThrownBy(() -> PROCESSINGS.check(of(processor("AppendDelimiterToRecord")), true))
                .hasMessage("A MetadataExtraction or Lambda processor is needed when Dynamic Partitioning is enabled");
        assertThatThrownBy(() -> PROCESSINGS.check(
                        of(processor("MetadataExtraction", "MetadataExtractionQuery", "{k: .k}")), true))
                .hasMessage("MetaDataExtraction JSON Parsing Engine has to be one of JQ-1.6");
        assertThatThrownBy(() -> PROCESSINGS.check(of(metadata("{k: ")), true))
                .hasMessageStartingWith("MetaDataExtraction JQ Query is invalid");
    }

    @Test
    void theProcessorsMakeTheKeysOfThePrefix() {
        ProcessingConfiguration query = of(metadata("{k: .k}"));
        ProcessingConfiguration function = lambda("LambdaArn", ARN);

        assertThatCode(() -> PROCESSINGS.check(query, true, "!{partitionKeyFromQuery:k}/"))
                .doesNotThrowAnyException();
        assertThatThrownBy(() -> PROCESSINGS.check(function, true, "!{partitionKeyFromQuery:k}/"))
                .hasMessage("MetadataExtraction processor should be present when S3 Prefix has partitionKeyFromQuery"
                        + " namespace.");
        assertThatThrownBy(() -> PROCESSINGS.check(query, true, "!{partitionKeyFromLambda:k}/"))
                .hasMessage("Lambda processor should be present when S3 Prefix has partitionKeyFromLambda namespace.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ":$LATEST", ":7", ":prod"})
    void aFunctionIsFoundWithItsVersionOrWithoutIt(String version) {
        assertThatCode(() -> PROCESSINGS.check(lambda("LambdaArn", ARN + version), false))
                .doesNotThrowAnyException();
    }

    @Test
    void aFunctionWithoutUrlIsRefusedWithTheNameOfTheProperty() {
        assertThatThrownBy(() -> PROCESSINGS.check(lambda("LambdaArn", ARN + "-other"), false))
                .hasMessage("There is no function " + ARN + "-other. Give its URL in the property"
                        + " riacho.firehose.functions.[" + ARN + "-other]");
    }

    @Test
    void onlyAFunctionHasRecordsGathered() {
        Processing processing = PROCESSINGS.open(Configurations.STREAM, lambda("LambdaArn", ARN), false);

        assertThat(Objects.requireNonNull(processing.gathering()).bytes()).isEqualTo(1024 * 1024);
        assertThat(Objects.requireNonNull(processing.gathering()).interval()).isEqualTo(Duration.ofSeconds(60));
        assertThat(PROCESSINGS
                        .open(Configurations.STREAM, of(processor("AppendDelimiterToRecord")), false)
                        .gathering())
                .isNull();
    }

    private static ProcessingConfiguration lambda(String... parameters) {
        return of(processor("Lambda", parameters));
    }
}
