package io.riacho.protocol.shape;

import io.riacho.protocol.WireFormat;
import java.io.OutputStream;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.util.SdkAutoConstructList;
import software.amazon.awssdk.core.util.SdkAutoConstructMap;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.dataformat.cbor.CBORGenerator;

/**
 * Writes the SDK's model classes as JSON and CBOR. Members without a value are left out; lists and maps that were set are
 * written, even when they are empty. Safe for use by many threads.
 */
public final class ShapeWriter {

    private static final int EPOCH_TAG = 1;

    private final boolean inSeconds;

    /** For the formats as AWS's own protocols have them. */
    public ShapeWriter() {
        this(false);
    }

    private ShapeWriter(boolean inSeconds) {
        this.inSeconds = inSeconds;
    }

    /** For CBOR as Smithy's RPC v2 protocol has it: timestamps are in seconds. */
    public static ShapeWriter ofRpc() {
        return new ShapeWriter(true);
    }

    public void write(SdkPojo value, WireFormat format, OutputStream to) {
        try (JsonGenerator generator = WireFactories.of(format).createGenerator(ObjectWriteContext.empty(), to)) {
            structure(generator, value, format);
        }
    }

    /** Writes an error as AWS does; an empty message is left out. */
    public void writeError(String type, String message, WireFormat format, OutputStream to) {
        writeError(type, message, null, format, to);
    }

    /** @param details the members beside the text; null where there are none */
    public void writeError(String type, String message, @Nullable SdkPojo details, WireFormat format, OutputStream to) {
        try (JsonGenerator generator = WireFactories.of(format).createGenerator(ObjectWriteContext.empty(), to)) {
            generator.writeStartObject();
            generator.writeStringProperty("__type", type);
            if (!message.isEmpty()) {
                generator.writeStringProperty("message", message);
            }
            if (details != null) {
                members(generator, details, format);
            }
            generator.writeEndObject();
        }
    }

    private void structure(JsonGenerator generator, SdkPojo structure, WireFormat format) {
        generator.writeStartObject();
        members(generator, structure, format);
        generator.writeEndObject();
    }

    private void members(JsonGenerator generator, SdkPojo structure, WireFormat format) {
        for (SdkField<?> field : structure.sdkFields()) {
            Object value = field.getValueOrDefault(structure);
            if (isPresent(value)) {
                generator.writeName(field.locationName());
                value(generator, value, format);
            }
        }
    }

    private static boolean isPresent(@Nullable Object value) {
        return value != null && !(value instanceof SdkAutoConstructList) && !(value instanceof SdkAutoConstructMap);
    }

    private void value(JsonGenerator generator, @Nullable Object value, WireFormat format) {
        switch (value) {
            case null -> generator.writeNull();
            case String text -> generator.writeString(text);
            case Integer number -> generator.writeNumber(number);
            case Long number -> generator.writeNumber(number);
            case Boolean bool -> generator.writeBoolean(bool);
            case Instant time -> time(generator, time, format);
            case SdkBytes bytes -> generator.writeBinary(bytes.asByteArrayUnsafe());
            case SdkPojo nested -> structure(generator, nested, format);
            case List<?> list -> {
                generator.writeStartArray();
                for (Object element : list) {
                    value(generator, element, format);
                }
                generator.writeEndArray();
            }
            case Map<?, ?> map -> {
                generator.writeStartObject();
                map.forEach((name, element) -> {
                    generator.writeName(String.valueOf(name));
                    value(generator, element, format);
                });
                generator.writeEndObject();
            }
            case Double number -> generator.writeNumber(number);
            case Float number -> generator.writeNumber(number);
            case Short number -> generator.writeNumber(number);
            case Byte number -> generator.writeNumber((short) number);
            default ->
                throw new IllegalStateException("no member of the supported APIs is a "
                        + value.getClass().getName());
        }
    }

    private void time(JsonGenerator generator, Instant time, WireFormat format) {
        long millis = time.toEpochMilli();
        if (format == WireFormat.CBOR) {
            ((CBORGenerator) generator).writeTag(EPOCH_TAG);
            if (!inSeconds) {
                generator.writeNumber(millis);
            } else if (millis % 1000 == 0) {
                generator.writeNumber(millis / 1000);
            } else {
                generator.writeNumber(millis / 1000.0);
            }
        } else {
            generator.writeNumber(seconds(millis));
        }
    }

    /** Seconds with a fraction of three digits, exact, where a double might not be. */
    private static String seconds(long millis) {
        long whole = Math.abs(millis) / 1000;
        long fraction = Math.abs(millis) % 1000;
        String sign = millis < 0 ? "-" : "";
        if (fraction == 0) {
            return sign + whole;
        }
        String digits = Long.toString(1000 + fraction).substring(1);
        return sign + whole + '.' + digits;
    }
}
