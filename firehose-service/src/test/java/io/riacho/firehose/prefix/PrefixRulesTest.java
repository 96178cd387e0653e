package io.riacho.firehose.prefix;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.riacho.protocol.AwsException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PrefixRulesTest {

    private static final String ERRORS = "errors/!{firehose:error-output-type}/";

    @Test
    void nothingHasToBeGiven() {
        assertThatCode(() -> PrefixRules.check(null, null, false, null)).doesNotThrowAnyException();
        assertThatCode(() -> PrefixRules.check("", "", false, "")).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a/!{timestamp:yyyy/MM/dd}/",
                "!{firehose:random-string}/x",
                "!{timestamp:'year='yyyy'/month='MM'/day='dd'/hour='HH}/",
                "!{timestamp:yyyy'}'}/",
                "plain ! and } and {/",
            })
    void theExpressionsOfTheApiAreTaken(String prefix) {
        assertThatCode(() -> PrefixRules.check(prefix, ERRORS, false, "Asia/Tokyo"))
                .doesNotThrowAnyException();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "a/!{time:yyyy}/|(time) is an invalid keyword!",
                "a/!{timestamp:yyyy/|!{timestamp:yyyy/ is not closed",
                "a/!{timestamp:yyyy !{firehose:random-string}|is not closed",
                "a/!{timestamp}/|!{timestamp} is not of the form",
                "a/!{}/|!{} is not of the form",
                "a/!{timestamp:}/|!{timestamp:}: it is empty",
                "a/!{timestamp:bbbb}/|!{timestamp:bbbb}",
                "a/!{timestamp:yyyy'}/|is not closed",
                "a/!{firehose:uuid}/|!{firehose:uuid}: it has to be random-string or error-output-type",
                "a/!{firehose:error-output-type}/|must not contain any occurrence of !{firehose:error-output-type}",
                "a/!{partitionKeyFromQuery:}/|!{partitionKeyFromQuery:}",
                "a/!{partitionKeyFromQuery:k}/|when Dynamic Partitioning is enabled",
                "a/../b/|must not have a segment that is . or ..",
            })
    void whatIsWrongInAPrefixIsNamed(String prefix, String message) {
        assertThatThrownBy(() -> PrefixRules.check(prefix, ERRORS, false, null))
                .isInstanceOfSatisfying(
                        AwsException.class,
                        e -> org.assertj.core.api.Assertions.assertThat(e.type())
                                .isEqualTo("InvalidArgumentException"))
                .hasMessageContaining(message);
    }

    @Test
    void aPrefixWithExpressionsWantsAnErrorPrefix() {
        assertThatThrownBy(() -> PrefixRules.check("!{timestamp:yyyy}", null, false, null))
                .hasMessage("ErrorOutputPrefix cannot be null or empty when Prefix contains expressions");
    }

    @Test
    void anErrorPrefixWithExpressionsNamesTheKindOfError() {
        assertThatThrownBy(() -> PrefixRules.check(null, "e/!{timestamp:yyyy}/", false, null))
                .hasMessageContaining("!{firehose:error-output-type}");
        assertThatCode(() -> PrefixRules.check(null, "errors/", false, null)).doesNotThrowAnyException();
    }

    @Test
    void anErrorPrefixHasNoPartitionKeys() {
        assertThatThrownBy(() -> PrefixRules.check(
                        "!{partitionKeyFromLambda:k}/",
                        "!{firehose:error-output-type}/!{partitionKeyFromLambda:k}/",
                        true,
                        null))
                .hasMessageContaining("ErrorOutputPrefix must not contain the namespaces partitionKeyFromQuery");
    }

    @Test
    void dynamicPartitioningWantsAPartitionKeyInThePrefix() {
        assertThatThrownBy(() -> PrefixRules.check("!{timestamp:yyyy}/", ERRORS, true, null))
                .hasMessage("S3 Prefix should contain Dynamic Partitioning namespaces when Dynamic Partitioning is"
                        + " enabled");
    }

    @Test
    void aPrefixHas512CharactersAtTheMost() {
        assertThatCode(() -> PrefixRules.check("a".repeat(512), null, false, null))
                .doesNotThrowAnyException();
        assertThatThrownBy(() -> PrefixRules.check("a".repeat(513), null, false, null))
                .hasMessage("Length of evaluated prefix cannot be greater than 512");
        assertThatThrownBy(() -> PrefixRules.check(null, "a".repeat(513), false, null))
                .hasMessage("Length of evaluated ErrorOutputPrefix cannot be greater than 512");
    }

    @Test
    void anUnknownTimeZoneIsRefused() {
        assertThatThrownBy(() -> PrefixRules.check(null, null, false, "Mars/Olympus"))
                .hasMessage("CustomTimeZone is not a supported time zone: Mars/Olympus");
    }
}
