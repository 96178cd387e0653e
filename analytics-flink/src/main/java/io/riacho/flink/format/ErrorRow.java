package io.riacho.flink.format;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.HexFormat;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** What the error stream is told of a record or row: its columns as JSON. */
final class ErrorRow {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final int LONGEST_MESSAGE = 4096;
    /** Its hexadecimal text has at most 49,152 characters. */
    private static final int LONGEST_DATA = 24_576;

    private ErrorRow() {}

    /** @param data the record, of which the beginning is told */
    static String of(String name, String message, byte[] data) {
        String now = TimeText.format(LocalDateTime.ofInstant(Instant.now(), ZoneOffset.UTC));
        ObjectNode error = JSON.createObjectNode();
        error.put("ERROR_TIME", now);
        error.put("ERROR_LEVEL", "ERROR");
        error.put("ERROR_NAME", name);
        error.put("MESSAGE", message.length() <= LONGEST_MESSAGE ? message : message.substring(0, LONGEST_MESSAGE));
        error.put("DATA_ROWTIME", now);
        error.put("DATA_ROW", HexFormat.of().formatHex(data, 0, Math.min(data.length, LONGEST_DATA)));
        error.putNull("PUMP_NAME");
        return JSON.writeValueAsString(error);
    }
}
