package io.riacho.firehose.format;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.firehose.model.Deserializer;
import software.amazon.awssdk.services.firehose.model.HiveJsonSerDe;
import software.amazon.awssdk.services.firehose.model.OpenXJsonSerDe;

/**
 * How JSON is understood.
 *
 * @param lenient as the OpenX SerDe takes values: numbers and booleans also out of strings, one value also where several
 *     are expected, structures also as text; the Hive SerDe refuses these
 * @param foldsCase whether keys are columns in any case
 * @param dotsToUnderscores whether dots in keys are taken for underscores
 * @param keys what a column is called in JSON, where that is something else
 * @param timestamps further forms of timestamps
 */
record SerDeRules(
        boolean lenient,
        boolean foldsCase,
        boolean dotsToUnderscores,
        Map<String, String> keys,
        List<TimestampForm> timestamps) {

    SerDeRules {
        keys = Map.copyOf(keys);
        timestamps = List.copyOf(timestamps);
    }

    /** @throws IllegalArgumentException where it names a form of timestamps that there is not, with a text for the caller */
    static SerDeRules of(Deserializer deserializer) {
        OpenXJsonSerDe openX = deserializer.openXJsonSerDe();
        HiveJsonSerDe hive = deserializer.hiveJsonSerDe();
        if (openX != null) {
            return new SerDeRules(
                    true,
                    !Boolean.FALSE.equals(openX.caseInsensitive()),
                    Boolean.TRUE.equals(openX.convertDotsInJsonKeysToUnderscores()),
                    openX.columnToJsonKeyMappings().entrySet().stream()
                            .collect(Collectors.toMap(
                                    entry -> entry.getKey().toLowerCase(Locale.ROOT),
                                    Map.Entry::getValue,
                                    (_, last) -> last)),
                    List.of());
        }
        List<String> formats = hive == null ? List.of() : hive.timestampFormats();
        return new SerDeRules(
                false,
                true,
                false,
                Map.of(),
                formats.stream().map(TimestampForm::parse).toList());
    }

    /** The key by which a column or a field is looked up. */
    String keyOf(String column) {
        String key = keys.getOrDefault(column, column);
        return foldsCase ? key.toLowerCase(Locale.ROOT) : key;
    }

    /** A key of a record as it is looked up. */
    String folded(String key) {
        String folded = foldsCase ? key.toLowerCase(Locale.ROOT) : key;
        return dotsToUnderscores ? folded.replace('.', '_') : folded;
    }
}
