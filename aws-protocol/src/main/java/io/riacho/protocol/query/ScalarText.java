package io.riacho.protocol.query;

import io.riacho.protocol.AwsException;
import io.riacho.protocol.shape.Base64Blob;
import io.riacho.protocol.shape.Member;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.traits.TimestampFormatTrait;

/** A value that is no structure, list or map, as text: timestamps in ISO 8601 unless the model says otherwise, blobs in Base64. */
final class ScalarText {

    /** Longer than any number or timestamp. */
    private static final int MAX_DIGITS = 40;

    private ScalarText() {}

    static Object read(String text, Member member) {
        return switch (member.type()) {
            case STRING -> text;
            case BOOLEAN ->
                switch (text) {
                    case "true" -> true;
                    case "false" -> false;
                    default -> throw QueryErrors.notConvertible("a Boolean");
                };
            case BYTE -> (byte) whole(text, Byte.MIN_VALUE, Byte.MAX_VALUE, "a Byte");
            case SHORT -> (short) whole(text, Short.MIN_VALUE, Short.MAX_VALUE, "a Short");
            case INTEGER -> (int) whole(text, Integer.MIN_VALUE, Integer.MAX_VALUE, "an Integer");
            case LONG -> whole(text, Long.MIN_VALUE, Long.MAX_VALUE, "a Long");
            case FLOAT -> (float) fraction(text, "a Float");
            case DOUBLE -> fraction(text, "a Double");
            case INSTANT -> instant(text, format(member.field()));
            case SDK_BYTES -> SdkBytes.fromByteArrayUnsafe(blob(text));
            default -> throw new IllegalStateException("no member of the supported APIs is a " + member.type());
        };
    }

    /** @param value no structure, list or map */
    static String write(Object value, SdkField<?> field) {
        return switch (value) {
            case Instant time -> time(time, format(field));
            case SdkBytes bytes -> Base64.getEncoder().encodeToString(bytes.asByteArrayUnsafe());
            case String text -> text;
            case Number number -> number.toString();
            case Boolean bool -> bool.toString();
            default ->
                throw new IllegalStateException("no member of the supported APIs is a "
                        + value.getClass().getName());
        };
    }

    private static long whole(String text, long min, long max, String target) {
        try {
            // parseLong takes digits of all scripts, and a plus; AWS's decimal numbers are plain.
            if (isPlain(text)) {
                long value = Long.parseLong(text);
                if (value >= min && value <= max) {
                    return value;
                }
            }
        } catch (NumberFormatException e) {
            // No number either.
        }
        throw QueryErrors.notConvertible(target);
    }

    private static boolean isPlain(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if ((c < '0' || c > '9') && c != '-') {
                return false;
            }
        }
        return text.length() <= MAX_DIGITS;
    }

    private static double fraction(String text, String target) {
        return switch (text) {
            case "NaN" -> Double.NaN;
            case "Infinity" -> Double.POSITIVE_INFINITY;
            case "-Infinity" -> Double.NEGATIVE_INFINITY;
            default -> {
                try {
                    if (text.length() <= MAX_DIGITS && isAscii(text)) {
                        yield new BigDecimal(text).doubleValue();
                    }
                } catch (NumberFormatException e) {
                    // No number either.
                }
                throw QueryErrors.notConvertible(target);
            }
        };
    }

    private static boolean isAscii(String text) {
        return text.chars().allMatch(c -> c < 128);
    }

    private static Instant instant(String text, TimestampFormatTrait.Format format) {
        if (text.length() <= MAX_DIGITS) {
            try {
                Instant time = switch (format) {
                    case ISO_8601 -> OffsetDateTime.parse(text).toInstant();
                    case RFC_822 ->
                        ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME)
                                .toInstant();
                    case UNIX_TIMESTAMP -> seconds(text);
                    case UNIX_TIMESTAMP_MILLIS ->
                        Instant.ofEpochMilli(whole(text, Long.MIN_VALUE, Long.MAX_VALUE, "a Timestamp"));
                    default -> throw unknown(format);
                };
                return time.truncatedTo(ChronoUnit.MILLIS);
            } catch (DateTimeException | ArithmeticException | NumberFormatException e) {
                // No time.
            }
        }
        throw QueryErrors.notConvertible("a Timestamp");
    }

    private static Instant seconds(String text) {
        BigDecimal seconds = new BigDecimal(text);
        if (seconds.precision() > MAX_DIGITS || Math.abs((long) seconds.scale()) > MAX_DIGITS) {
            throw QueryErrors.notConvertible("a Timestamp");
        }
        return Instant.ofEpochMilli(seconds.movePointRight(3).toBigInteger().longValueExact());
    }

    private static String time(Instant time, TimestampFormatTrait.Format format) {
        Instant exact = time.truncatedTo(ChronoUnit.MILLIS);
        return switch (format) {
            case ISO_8601 -> exact.toString();
            case RFC_822 -> DateTimeFormatter.RFC_1123_DATE_TIME.format(exact.atOffset(ZoneOffset.UTC));
            case UNIX_TIMESTAMP ->
                BigDecimal.valueOf(exact.toEpochMilli(), 3).stripTrailingZeros().toPlainString();
            case UNIX_TIMESTAMP_MILLIS -> Long.toString(exact.toEpochMilli());
            default -> throw unknown(format);
        };
    }

    private static TimestampFormatTrait.Format format(SdkField<?> field) {
        return field.getOptionalTrait(TimestampFormatTrait.class)
                .map(TimestampFormatTrait::format)
                .orElse(TimestampFormatTrait.Format.ISO_8601);
    }

    private static IllegalStateException unknown(TimestampFormatTrait.Format format) {
        return new IllegalStateException("no member of the supported APIs is written as " + format);
    }

    private static byte[] blob(String text) {
        try {
            return Base64Blob.decode(text);
        } catch (AwsException e) {
            throw QueryErrors.notConvertible("a Blob");
        }
    }
}
