package io.riacho.firehose.destination.opensearch;

import io.riacho.firehose.error.FirehoseErrors;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The indices that records go to, by the time when they arrived, in UTC.
 *
 * @see <a href="https://docs.aws.amazon.com/firehose/latest/dev/es-index-rotation.html">Index rotation for the OpenSearch
 *     Service destination</a>
 */
final class IndexNames {

    private static final Pattern ILLEGAL = Pattern.compile("[\\\\/*?\"<>| ,#:\\p{Cntrl}]");

    private final String name;
    private final @Nullable DateTimeFormatter suffix;

    /** @param rotation as the API has it, such as {@code OneDay} */
    IndexNames(String name, String rotation) {
        this.name = name;
        this.suffix = switch (rotation) {
            case "NoRotation" -> null;
            case "OneHour" -> formatter("-uuuu-MM-dd-HH");
            case "OneDay" -> formatter("-uuuu-MM-dd");
            case "OneWeek" -> formatter("-YYYY-'w'ww");
            case "OneMonth" -> formatter("-uuuu-MM");
            default -> throw FirehoseErrors.invalidArgument("IndexRotationPeriod is not known");
        };
    }

    /** The weeks are those of ISO 8601, and so is the year that one belongs to. */
    private static DateTimeFormatter formatter(String pattern) {
        return DateTimeFormatter.ofPattern(pattern, Locale.forLanguageTag("en-DE"))
                .withZone(ZoneOffset.UTC);
    }

    String of(Instant arrival) {
        return suffix == null ? name : name + suffix.format(arrival);
    }

    /** @throws io.riacho.protocol.AwsException InvalidArgumentException where no index can have such a name */
    static void check(@Nullable String name) {
        if (name == null) {
            throw FirehoseErrors.invalidArgument("IndexName must not be null");
        }
        if (name.contains("!{")) {
            throw FirehoseErrors.invalidArgument(
                    "IndexName must not have expressions: IndexRotationPeriod puts the time behind it");
        }
        if (ILLEGAL.matcher(name).find()
                || !name.equals(name.toLowerCase(Locale.ROOT))
                || name.startsWith("-")
                || name.startsWith("_")
                || name.startsWith("+")
                || name.startsWith(".")) {
            throw FirehoseErrors.invalidArgument("IndexName " + name
                    + " is no name of an index: it has to be in lower case, without spaces and \\ / * ? \" < > | , # :,"
                    + " and must not begin with - _ + .");
        }
    }
}
