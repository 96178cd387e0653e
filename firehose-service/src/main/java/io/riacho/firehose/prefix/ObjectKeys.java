package io.riacho.firehose.prefix;

import io.riacho.firehose.destination.Delivery;
import io.riacho.firehose.record.PartitionKeys;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The keys of a delivery stream's objects. A delivery that is repeated has the same key. Safe for use by many threads.
 *
 * @see <a href="https://docs.aws.amazon.com/firehose/latest/dev/s3-object-name.html">Configure Amazon S3 object name
 *     format</a>
 */
public final class ObjectKeys {

    private static final PrefixTemplate DATES = PrefixTemplate.parse("!{timestamp:yyyy/MM/dd/HH/}");
    private static final PrefixTemplate ERROR_DATES =
            PrefixTemplate.parse("!{firehose:error-output-type}/!{timestamp:yyyy/MM/dd/HH/}");
    private static final DateTimeFormatter NAME_TIME = DateTimeFormatter.ofPattern("uuuu-MM-dd-HH-mm-ss", Locale.ROOT);
    private static final UUID ANY = new UUID(0, 0);

    private final PrefixTemplate prefix;
    private final PrefixTemplate errorPrefix;
    private final ZoneId zone;

    private ObjectKeys(PrefixTemplate prefix, PrefixTemplate errorPrefix, ZoneId zone) {
        this.prefix = prefix;
        this.errorPrefix = errorPrefix;
        this.zone = zone;
    }

    /**
     * Completes prefixes that {@link PrefixRules} found to be right: hours are put behind a {@code Prefix} that has no
     * timestamp, unless it has partition keys; the {@code ErrorOutputPrefix} is the {@code Prefix} with the kind of error
     * and the hour where there is none.
     *
     * @param timeZone the API's {@code CustomTimeZone}
     */
    public static ObjectKeys of(@Nullable String prefix, @Nullable String errorPrefix, @Nullable String timeZone) {
        PrefixTemplate given = PrefixTemplate.parse(prefix == null ? "" : prefix);
        PrefixTemplate good = given.hasTimestamp() || given.hasPartitionKeys() ? given : given.then(DATES);
        PrefixTemplate error = errorPrefix == null || errorPrefix.isEmpty()
                ? given.then(ERROR_DATES)
                : PrefixTemplate.parse(errorPrefix, "ErrorOutputPrefix");
        return new ObjectKeys(good, error, PrefixRules.zone(timeZone));
    }

    /**
     * The key of an object with a delivery's records.
     *
     * @param extension with its dot; may be empty
     * @throws PrefixException where the delivery's partition keys make no key; see {@link #problem}
     */
    public String key(Delivery delivery, String extension) throws PrefixException {
        return prefix.evaluate(values(delivery, null)) + name(delivery, extension);
    }

    /**
     * The key of an object with error records.
     *
     * @param errorOutputType such as {@code processing-failed}
     * @param extension with its dot; may be empty
     */
    public String errorKey(Delivery delivery, String errorOutputType, String extension) throws PrefixException {
        return errorPrefix.evaluate(values(delivery, errorOutputType)) + name(delivery, extension);
    }

    /** What a record's partition keys lack to be delivered under the prefix; empty where they are right. */
    public Optional<String> problem(PartitionKeys keys) {
        try {
            prefix.evaluate(new PrefixValues(ANY, Instant.EPOCH, zone, keys, null));
            return Optional.empty();
        } catch (PrefixException e) {
            return Optional.of(e.getMessage());
        }
    }

    private PrefixValues values(Delivery delivery, @Nullable String errorOutputType) {
        return new PrefixValues(delivery.id(), delivery.oldestArrival(), zone, delivery.partition(), errorOutputType);
    }

    private String name(Delivery delivery, String extension) {
        return delivery.deliveryStream() + "-" + delivery.version() + "-"
                + NAME_TIME.format(delivery.oldestArrival().atZone(zone)) + "-" + delivery.id() + extension;
    }
}
