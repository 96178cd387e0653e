package io.riacho.firehose.prefix;

import static org.assertj.core.api.Assertions.assertThat;

import io.riacho.firehose.record.PartitionKeys;
import io.riacho.protocol.AwsException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.UUID;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class PrefixTemplateProperties {

    @Property
    void aTextWithoutExpressionsStandsForItself(@ForAll("literals") String text) throws PrefixException {
        assertThat(PrefixTemplate.parse(text).evaluate(values("v"))).isEqualTo(text);
    }

    @Property
    void whateverIsReadIsATemplateOrRefusedInTheApisForm(@ForAll("nearlyExpressions") String text) {
        try {
            PrefixTemplate.parse(text);
        } catch (AwsException e) {
            assertThat(e.type()).isEqualTo("InvalidArgumentException");
        }
    }

    @Property
    void whateverARecordSaysItsKeyStaysUnderThePrefixAndIsOneThatS3Takes(@ForAll String value) {
        try {
            String prefix =
                    PrefixTemplate.parse("data/!{partitionKeyFromQuery:k}/").evaluate(values(value));

            assertThat(prefix).isEqualTo("data/" + value + "/").hasSizeLessThanOrEqualTo(512);
            assertThat(prefix.getBytes(StandardCharsets.UTF_8)).hasSizeLessThanOrEqualTo(764);
            assertThat(prefix.split("/")).doesNotContain(".", "..");
            assertThat(prefix.chars()).noneMatch(Character::isISOControl);
        } catch (PrefixException e) {
            assertThat(e.getMessage()).isNotBlank();
        }
    }

    @Provide
    Arbitrary<String> literals() {
        return Arbitraries.strings().withChars("abc!}{:'-_=+ ").ofMaxLength(60).filter(text -> !text.contains("!{"));
    }

    @Provide
    Arbitrary<String> nearlyExpressions() {
        return Arbitraries.of(
                        "!{", "}", ":", "timestamp", "firehose", "yyyy", "'", "random-string", "/", "a", "!", "[", "]")
                .list()
                .ofMaxSize(12)
                .map(pieces -> String.join("", pieces));
    }

    private static PrefixValues values(String key) {
        return new PrefixValues(
                new UUID(1, 2), Instant.EPOCH, ZoneOffset.UTC, new PartitionKeys(Map.of("k", key), Map.of()), null);
    }
}
