package io.riacho.kdasql;

import java.util.List;
import java.util.Map;

/**
 * An application of the dialect: its code and what that is connected to.
 *
 * @param text the code
 * @param inputs the in-application input streams: one for each {@code NamePrefix_001}, …
 * @param references the reference tables
 * @param outputs the in-application streams that leave the application
 * @param limits bounds of the code
 */
public record ApplicationCode(
        String text, List<Input> inputs, List<Reference> references, List<Output> outputs, Limits limits) {
    public ApplicationCode {
        inputs = List.copyOf(inputs);
        references = List.copyOf(references);
        outputs = List.copyOf(outputs);
    }

    /**
     * An in-application input stream.
     *
     * @param name with its number, e.g. {@code SOURCE_SQL_STREAM_001}
     * @param columns in the order of the schema
     * @param options of the Flink table that reads it
     */
    public record Input(String name, List<Column> columns, Map<String, String> options) {}

    /**
     * A reference table.
     *
     * @param name as code names it
     * @param columns in the order of the schema
     * @param options of the Flink table that reads it
     */
    public record Reference(String name, List<Column> columns, Map<String, String> options) {}

    /**
     * An output.
     *
     * @param stream the in-application stream, or {@code error_stream}
     * @param options of the Flink table that writes it
     */
    public record Output(String stream, Map<String, String> options) {}
}
