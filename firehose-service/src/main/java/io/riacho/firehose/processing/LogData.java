package io.riacho.firehose.processing;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Records as CloudWatch Logs sends them.
 *
 * @see <a href="https://docs.aws.amazon.com/firehose/latest/dev/writing-with-cloudwatch-logs.html">Send CloudWatch Logs to
 *     Firehose</a>
 */
final class LogData {

    /** Sixteen times a record's largest size: a few bytes may stand for much more. */
    static final int LARGEST = 16 * 1024 * 1024;

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private LogData() {}

    /** @throws IOException where it is no GZIP, or too large */
    static byte[] decompress(byte[] data) throws IOException {
        try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(data))) {
            byte[] expanded = in.readNBytes(LARGEST + 1);
            if (expanded.length > LARGEST) {
                throw new IOException("it has more than " + LARGEST + " bytes when it is decompressed");
            }
            return expanded;
        }
    }

    /**
     * The messages in a record of CloudWatch Logs, without what is told beside.
     *
     * @param ends whether a line ends behind the last one, too
     * @return empty for what CloudWatch Logs only checks with whether it can send
     * @throws IOException where it is none
     */
    static Optional<byte[]> messages(byte[] data, boolean ends) throws IOException {
        try {
            JsonNode record = JSON.readTree(data);
            JsonNode events = record.path("logEvents");
            if (!events.isArray()) {
                throw new IOException("it has no logEvents");
            }
            if (record.path("messageType").asString("").equals("CONTROL_MESSAGE")) {
                return Optional.empty();
            }
            ByteArrayOutputStream messages = new ByteArrayOutputStream(data.length);
            for (JsonNode event : events) {
                JsonNode message = event.path("message");
                if (!message.isString()) {
                    throw new IOException("a log event has no message");
                }
                if (messages.size() > 0 && !ends) {
                    messages.write('\n');
                }
                messages.writeBytes(message.stringValue().getBytes(StandardCharsets.UTF_8));
                if (ends) {
                    messages.write('\n');
                }
            }
            return Optional.of(messages.toByteArray());
        } catch (JacksonException e) {
            throw new IOException("it is no JSON", e);
        }
    }
}
