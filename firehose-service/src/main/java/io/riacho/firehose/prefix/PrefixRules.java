package io.riacho.firehose.prefix;

import io.riacho.protocol.AwsException;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;

/**
 * What a delivery stream's prefixes have to be like.
 *
 * @see <a href="https://docs.aws.amazon.com/firehose/latest/dev/s3-prefixes.html#prefix-rules">Semantic rules</a>
 */
public final class PrefixRules {

    private PrefixRules() {}

    /**
     * Checks what a caller gave, as AWS does when a delivery stream is made or changed.
     *
     * @param timeZone the API's {@code CustomTimeZone}
     * @throws AwsException InvalidArgumentException
     */
    public static void check(
            @Nullable String prefix,
            @Nullable String errorPrefix,
            boolean dynamicPartitioning,
            @Nullable String timeZone) {
        zone(timeZone);
        PrefixTemplate good = parse(prefix, "Prefix", "prefix");
        PrefixTemplate error = parse(errorPrefix, "ErrorOutputPrefix", "ErrorOutputPrefix");
        if (good.hasErrorOutputType()) {
            throw refused("Prefix must not contain any occurrence of !{firehose:error-output-type}");
        }
        if (dynamicPartitioning && !good.hasPartitionKeys()) {
            throw refused(
                    "S3 Prefix should contain Dynamic Partitioning namespaces when Dynamic Partitioning is enabled");
        }
        if (!dynamicPartitioning && good.hasPartitionKeys()) {
            throw refused("Dynamic Partitioning namespaces (partitionKeyFromQuery, partitionKeyFromLambda) can only be"
                    + " part of a Prefix when Dynamic Partitioning is enabled");
        }
        if (good.hasExpressions() && (errorPrefix == null || errorPrefix.isEmpty())) {
            throw refused("ErrorOutputPrefix cannot be null or empty when Prefix contains expressions");
        }
        if (error.hasPartitionKeys()) {
            throw refused("ErrorOutputPrefix must not contain the namespaces partitionKeyFromQuery and"
                    + " partitionKeyFromLambda");
        }
        if (error.hasExpressions() && !error.hasErrorOutputType()) {
            throw refused("ErrorOutputPrefix must contain at least one instance of !{firehose:error-output-type} when"
                    + " it contains expressions");
        }
    }

    /**
     * The zone that times are written in.
     *
     * @param timeZone the API's {@code CustomTimeZone}; UTC where it is null or empty
     * @throws AwsException InvalidArgumentException where there is no such zone
     */
    public static ZoneId zone(@Nullable String timeZone) {
        if (timeZone == null || timeZone.isEmpty()) {
            return ZoneOffset.UTC;
        }
        if (!ZoneId.getAvailableZoneIds().contains(timeZone)) {
            throw refused("CustomTimeZone is not a supported time zone: " + timeZone);
        }
        return ZoneId.of(timeZone);
    }

    private static PrefixTemplate parse(@Nullable String text, String member, String inSentence) {
        PrefixTemplate template = PrefixTemplate.parse(text == null ? "" : text, member);
        if (template.leastCharacters() > PrefixTemplate.MOST_CHARACTERS) {
            throw refused(
                    "Length of evaluated " + inSentence + " cannot be greater than " + PrefixTemplate.MOST_CHARACTERS);
        }
        if (template.hasRelativeLiteral()) {
            throw refused(member + " must not have a segment that is . or ..");
        }
        return template;
    }

    private static AwsException refused(String message) {
        return AwsException.badRequest("InvalidArgumentException", message);
    }
}
