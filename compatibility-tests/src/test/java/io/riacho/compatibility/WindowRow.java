package io.riacho.compatibility;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What an application tells of the records of a key in a second.
 *
 * @param second the beginning of the window; empty where the application does not tell
 * @param amount how many records
 * @param total the sum of their numbers
 * @param low the lowest of these
 * @param high the highest
 */
record WindowRow(String second, String key, long amount, long total, int low, int high) {

    private static final JsonMapper JSON = new JsonMapper();

    /** @param row in JSON, the names of its columns in capitals or not */
    static WindowRow parsed(String row) {
        JsonNode json = JSON.readTree(row.toLowerCase(java.util.Locale.ROOT));
        return new WindowRow(
                json.path("second").asString(""),
                json.path("event_key").asString(""),
                json.path("amount").asLong(),
                json.path("total").asLong(),
                json.path("low").asInt(),
                json.path("high").asInt());
    }
}
