package io.riacho.firehose.processing;

import static io.riacho.firehose.processing.ProcessorParameters.refused;
import static software.amazon.awssdk.services.firehose.model.ProcessorParameterName.BUFFER_INTERVAL_IN_SECONDS;
import static software.amazon.awssdk.services.firehose.model.ProcessorParameterName.BUFFER_SIZE_IN_M_BS;
import static software.amazon.awssdk.services.firehose.model.ProcessorParameterName.COMPRESSION_FORMAT;
import static software.amazon.awssdk.services.firehose.model.ProcessorParameterName.DATA_MESSAGE_EXTRACTION;
import static software.amazon.awssdk.services.firehose.model.ProcessorParameterName.DELIMITER;
import static software.amazon.awssdk.services.firehose.model.ProcessorParameterName.JSON_PARSING_ENGINE;
import static software.amazon.awssdk.services.firehose.model.ProcessorParameterName.LAMBDA_ARN;
import static software.amazon.awssdk.services.firehose.model.ProcessorParameterName.METADATA_EXTRACTION_QUERY;
import static software.amazon.awssdk.services.firehose.model.ProcessorParameterName.NUMBER_OF_RETRIES;
import static software.amazon.awssdk.services.firehose.model.ProcessorParameterName.ROLE_ARN;
import static software.amazon.awssdk.services.firehose.model.ProcessorParameterName.SUB_RECORD_TYPE;

import io.riacho.firehose.destination.BufferHints;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.firehose.model.ProcessingConfiguration;
import software.amazon.awssdk.services.firehose.model.Processor;
import software.amazon.awssdk.services.firehose.model.ProcessorParameterName;
import software.amazon.awssdk.services.firehose.model.ProcessorType;

/**
 * What a configuration says that processing has to do, in the order in which it is done, whatever the order of the
 * processors: decompression, CloudWatch's messages, de-aggregation, the function, partition keys, delimiters.
 *
 * @param splitter null where records are not de-aggregated
 * @param delimiter null where nothing is put behind records
 * @see <a href="https://docs.aws.amazon.com/firehose/latest/APIReference/API_Processor.html">Processor</a>
 */
record ProcessingPlan(
        boolean decompresses,
        boolean extractsMessages,
        @Nullable RecordSplitter splitter,
        @Nullable FunctionPlan function,
        @Nullable Query query,
        byte @Nullable [] delimiter) {

    /** @param hints what to gather before it is asked */
    record FunctionPlan(String arn, int retries, BufferHints hints) {}

    static final ProcessingPlan NONE = new ProcessingPlan(false, false, null, null, null, null);

    private static final int MOST_PROCESSORS = 5;
    private static final BigDecimal MEBIBYTE = BigDecimal.valueOf(1024 * 1024);
    private static final Pattern ROLE = Pattern.compile("arn:[^:]*:iam::\\d{12}:role/[a-zA-Z_0-9+=,.@\\-_/]+");
    private static final Pattern FUNCTION =
            Pattern.compile("arn:[^:]+:lambda:[^:]*:\\d{12}:function:[a-zA-Z0-9_-]+(:[a-zA-Z0-9$_-]+)?");

    private static final Map<ProcessorType, Set<ProcessorParameterName>> KNOWN = Map.of(
            ProcessorType.DECOMPRESSION, Set.of(COMPRESSION_FORMAT),
            ProcessorType.CLOUD_WATCH_LOG_PROCESSING, Set.of(DATA_MESSAGE_EXTRACTION),
            ProcessorType.RECORD_DE_AGGREGATION, Set.of(SUB_RECORD_TYPE, DELIMITER),
            ProcessorType.LAMBDA,
                    Set.of(LAMBDA_ARN, NUMBER_OF_RETRIES, ROLE_ARN, BUFFER_SIZE_IN_M_BS, BUFFER_INTERVAL_IN_SECONDS),
            ProcessorType.METADATA_EXTRACTION, Set.of(METADATA_EXTRACTION_QUERY, JSON_PARSING_ENGINE),
            ProcessorType.APPEND_DELIMITER_TO_RECORD, Set.of(DELIMITER));

    /** @throws io.riacho.protocol.AwsException InvalidArgumentException where it says what cannot be done */
    static ProcessingPlan of(
            @Nullable ProcessingConfiguration configuration, boolean dynamicPartitioning, Duration queryTimeout) {
        if (configuration == null || !Boolean.TRUE.equals(configuration.enabled())) {
            if (dynamicPartitioning) {
                throw refused("Processing Configuration has to be enabled when Dynamic Partitioning is enabled");
            }
            return NONE;
        }
        Reader reader = new Reader(queryTimeout);
        reader.read(configuration.processors());
        if (dynamicPartitioning && reader.query == null && reader.function == null) {
            throw refused("A MetadataExtraction or Lambda processor is needed when Dynamic Partitioning is enabled");
        }
        if (!dynamicPartitioning && reader.query != null) {
            throw refused("MetadataExtraction processor can only be present when Dynamic Partitioning is enabled");
        }
        return new ProcessingPlan(
                reader.decompresses,
                reader.extractsMessages,
                reader.splitter,
                reader.function,
                reader.query,
                reader.delimiter);
    }

    private static final class Reader {

        private final Duration queryTimeout;
        private boolean decompresses;
        private boolean extractsMessages;
        private @Nullable RecordSplitter splitter;
        private @Nullable FunctionPlan function;
        private @Nullable Query query;
        private byte @Nullable [] delimiter;

        Reader(Duration queryTimeout) {
            this.queryTimeout = queryTimeout;
        }

        void read(List<Processor> processors) {
            if (processors.isEmpty() || processors.size() > MOST_PROCESSORS) {
                throw refused("A maximum of 5 and a minimum of 1 processor needs to be supplied when processing is"
                        + " enabled.");
            }
            Set<ProcessorType> types = new HashSet<>();
            for (Processor processor : processors) {
                ProcessorType type = processor.type();
                Set<ProcessorParameterName> known = type == null ? null : KNOWN.get(type);
                if (type == null || known == null) {
                    throw refused("Processor type " + processor.typeAsString() + " is not supported");
                }
                if (!types.add(type)) {
                    throw refused("Cannot have more than 1 " + type + " processor.");
                }
                read(type, new ProcessorParameters(processor, known));
            }
            if (types.contains(ProcessorType.CLOUD_WATCH_LOG_PROCESSING)
                    && !types.contains(ProcessorType.DECOMPRESSION)) {
                throw refused("CloudWatchLogProcessingProcessor can only be enabled with DecompressionProcessor");
            }
        }

        private void read(ProcessorType type, ProcessorParameters parameters) {
            switch (type) {
                case DECOMPRESSION -> {
                    if (!parameters.get(COMPRESSION_FORMAT, "GZIP").equals("GZIP")) {
                        throw refused("CompressionFormat for Decompression processor has to be one of GZIP");
                    }
                    decompresses = true;
                }
                case CLOUD_WATCH_LOG_PROCESSING ->
                    extractsMessages = switch (parameters.get(DATA_MESSAGE_EXTRACTION, "")) {
                        case "true" -> true;
                        case "false" -> false;
                        default ->
                            throw refused("DataMessageExtraction for CloudWatchLogProcessing processor has to"
                                    + " be one of true, false");
                    };
                case RECORD_DE_AGGREGATION -> splitter = splitter(parameters);
                case LAMBDA -> function = function(parameters);
                case METADATA_EXTRACTION -> query = query(parameters);
                case APPEND_DELIMITER_TO_RECORD ->
                    delimiter = unescaped(parameters.get(DELIMITER, "\\n")).getBytes(StandardCharsets.UTF_8);
                default -> throw refused("Processor type " + type + " is not supported");
            }
        }

        private static RecordSplitter splitter(ProcessorParameters parameters) {
            String encoded = parameters.get(DELIMITER);
            return switch (parameters.get(SUB_RECORD_TYPE, "")) {
                case "JSON" -> {
                    if (encoded != null) {
                        throw refused("Delimiter should not be present for JSON");
                    }
                    yield RecordSplitter.JSON;
                }
                case "DELIMITED" -> {
                    if (encoded == null) {
                        throw refused("Delimiter should be present for DELIMITED");
                    }
                    yield RecordSplitter.delimited(decoded(encoded));
                }
                default -> throw refused("SubRecordType has to be one of JSON, DELIMITED");
            };
        }

        private static byte[] decoded(String encoded) {
            try {
                byte[] decoded = Base64.getDecoder().decode(encoded);
                if (decoded.length > 0) {
                    return decoded;
                }
            } catch (IllegalArgumentException e) {
                // Told below.
            }
            throw refused("Delimiter for RecordDeAggregation processor has to be base64 encoded");
        }

        private static FunctionPlan function(ProcessorParameters parameters) {
            String arn = parameters.get(LAMBDA_ARN);
            if (arn == null) {
                throw refused("LambdaArn is required when Lambda processor is used.");
            }
            if (arn.length() > 512 || !FUNCTION.matcher(arn).matches()) {
                throw refused("LambdaArn is not the ARN of a function: " + arn);
            }
            String role = parameters.get(ROLE_ARN);
            if (role != null && !ROLE.matcher(role).matches()) {
                throw refused("RoleArn for Lambda processor is not the ARN of a role: " + role);
            }
            if (parameters.has(BUFFER_SIZE_IN_M_BS) != parameters.has(BUFFER_INTERVAL_IN_SECONDS)) {
                throw refused("Both BufferSizeInMBs and BufferIntervalInSeconds are required to configure buffering for"
                        + " lambda processor.");
            }
            int retries = parameters.integer(
                    NUMBER_OF_RETRIES, "3", "0", "300", "Number of retries for lambda must be between 0 and 300.");
            BigDecimal size = parameters.number(
                    BUFFER_SIZE_IN_M_BS,
                    "1",
                    "0.2",
                    "3",
                    "BufferSizeInMBs for lambda processor must be between 0.2 and 3.");
            int interval = parameters.integer(
                    BUFFER_INTERVAL_IN_SECONDS,
                    "60",
                    "0",
                    "900",
                    "BufferIntervalInSeconds for lambda processor must be between 0 and 900.");
            return new FunctionPlan(
                    arn, retries, new BufferHints(size.multiply(MEBIBYTE).longValue(), Duration.ofSeconds(interval)));
        }

        private Query query(ProcessorParameters parameters) {
            if (!parameters.get(JSON_PARSING_ENGINE, "").equals("JQ-1.6")) {
                throw refused("MetaDataExtraction JSON Parsing Engine has to be one of JQ-1.6");
            }
            String text = parameters.get(METADATA_EXTRACTION_QUERY);
            if (text == null) {
                throw refused("MetadataExtractionQuery is required when MetadataExtraction processor is used.");
            }
            return Query.compile(text, queryTimeout);
        }

        /** Delimiters are written with a backslash before n, r, t and itself. */
        private static String unescaped(String text) {
            StringBuilder unescaped = new StringBuilder();
            for (int i = 0; i < text.length(); i++) {
                char c = text.charAt(i);
                char next = c == '\\' && i + 1 < text.length() ? text.charAt(i + 1) : 0;
                switch (next) {
                    case 'n' -> unescaped.append('\n');
                    case 'r' -> unescaped.append('\r');
                    case 't' -> unescaped.append('\t');
                    case '\\' -> unescaped.append('\\');
                    default -> {
                        unescaped.append(c);
                        continue;
                    }
                }
                i++;
            }
            return unescaped.toString();
        }
    }
}
