package io.riacho.firehose.deliverystream;

import io.riacho.firehose.error.FirehoseErrors;
import io.riacho.protocol.WireFormat;
import io.riacho.protocol.shape.ShapeWriter;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkPojo;

/** Says which configurations can be kept: all are in memory, and some of their lists have no bound in the API's model. */
final class Storable {

    private static final int MOST_KIBIBYTES = 64;

    private static final ShapeWriter WRITER = new ShapeWriter();

    private Storable() {}

    /** @throws io.riacho.protocol.AwsException InvalidArgumentException where it is too large, or has half characters */
    static <C extends SdkPojo> C require(C configuration) {
        ByteArrayOutputStream json = new ByteArrayOutputStream();
        String name = configuration.getClass().getSimpleName();
        if (!isUnicode(configuration)) {
            throw FirehoseErrors.invalidArgument(name + " has text that is not Unicode.");
        }
        WRITER.write(configuration, WireFormat.JSON, json);
        if (json.size() > MOST_KIBIBYTES * 1024) {
            throw FirehoseErrors.invalidArgument(name + " is larger than " + MOST_KIBIBYTES + " KiB, written as JSON.");
        }
        return configuration;
    }

    private static boolean isUnicode(@Nullable Object value) {
        return switch (value) {
            case String text -> StandardCharsets.UTF_8.newEncoder().canEncode(text);
            case SdkPojo structure ->
                structure.sdkFields().stream().allMatch(field -> isUnicode(field.getValueOrDefault(structure)));
            case Collection<?> list -> list.stream().allMatch(Storable::isUnicode);
            case Map<?, ?> map -> isUnicode(map.keySet()) && isUnicode(map.values());
            case null, default -> true;
        };
    }
}
