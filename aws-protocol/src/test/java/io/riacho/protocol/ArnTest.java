package io.riacho.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ArnTest {

    @Test
    void anArnHasFiveParts() {
        assertThat(Arn.parse("arn:aws:kinesis:us-east-1:000000000000:stream/s"))
                .contains(new Arn("aws", "kinesis", "us-east-1", "000000000000", "stream/s"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "arn:aws:kinesis:us-east-1:000000000000:stream/s/consumer/c:1773561510",
                "arn:aws:iam::000000000000:root",
                "arn:aws:iam::aws:policy/ReadOnlyAccess",
                "arn:aws:s3:::bucket/key with spaces",
                "arn:aws-us-gov:kms:us-gov-west-1:000000000000:key/1",
            })
    void anArnIsWrittenAsItWasRead(String text) {
        assertThat(Arn.parse(text).orElseThrow()).hasToString(text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "arn",
                "arn:aws:kinesis:us-east-1:000000000000",
                "arn:aws:kinesis:us-east-1:000000000000:",
                "ARN:aws:kinesis:us-east-1:000000000000:stream/s",
                " arn:aws:kinesis:us-east-1:000000000000:stream/s",
                "arn::kinesis:us-east-1:000000000000:stream/s",
                "arn:aws::us-east-1:000000000000:stream/s",
                "arn:aws:kinesis:us east:000000000000:stream/s",
                "arn:aws:kinesis:us-east-1:00000000000:stream/s",
                "arn:aws:kinesis:us-east-1:0000000000000:stream/s",
                "arn:aws:kinesis:us-east-1:00000000000x:stream/s",
            })
    void whatIsNoArnIsNotRead(String text) {
        assertThat(Arn.parse(text)).isEmpty();
    }

    @Test
    void anArnIsNoNovel() {
        assertThat(Arn.parse("arn:aws:kinesis:us-east-1:000000000000:" + "s".repeat(2048)))
                .isEmpty();
    }
}
