package io.riacho.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Whatever is given for a policy is read, or refused with a place in it. */
class PolicyReaderProperties {

    private static final String POLICY = """
            {"Version": "2012-10-17", "Id": "x", "Statement": [
              {"Sid": "A", "Effect": "Allow", "Principal": {"AWS": ["*", "111122223333"], "Service": "a.b"},
               "Action": ["sts:Put*", "*"], "Resource": ["arn:aws:s3:::b/${aws:username, 'x'}/*", "*"],
               "Condition": {"ForAnyValue:StringLikeIfExists": {"aws:x": ["a*", "${*}"]}, "Null": {"aws:y": true},
                 "IpAddress": {"aws:z": "10.0.0.0/8"}, "DateLessThan": {"aws:t": ["2020-01-01T00:00:00Z", 12]},
                 "NumericEquals": {"aws:n": 1.5e3}, "ArnLike": {"aws:a": "arn:aws:*:*:*:x"}}},
              {"Effect": "Deny", "NotPrincipal": "*", "NotAction": "sts:*", "NotResource": "arn:aws:s3:::*"}]}
            """;
    private static final List<String> PIECES = List.of(
            "\"",
            "{",
            "}",
            "[",
            "]",
            ",",
            ":",
            "${",
            "*",
            "null",
            "true",
            "-1",
            "1e9999999",
            "\\u0000",
            "\\ud800",
            "''",
            "Allow",
            "Action",
            "NotAction",
            "arn:aws:",
            "::",
            "é",
            "\n",
            "2012-10-17");

    @Property(tries = 3000)
    void aMutatedPolicyIsReadOrRefused(@ForAll("mutations") String text, @ForAll PolicyKind kind) {
        try {
            PolicyDocument document = PolicyDocument.parse(text, kind);
            assertThat(document.text()).isEqualTo(text);
        } catch (InvalidPolicyException e) {
            assertThat(e.errors()).isNotEmpty();
            long lines = text.lines().count() + 1;
            assertThat(e.errors()).allSatisfy(error -> {
                assertThat(error.line()).isBetween(1, (int) lines);
                assertThat(error.column()).isPositive();
                assertThat(error.message()).isNotBlank();
            });
            assertThat(e.errors())
                    .isSortedAccordingTo(
                            (a, b) -> a.line() == b.line() ? a.column() - b.column() : a.line() - b.line());
        }
    }

    @Provide
    Arbitrary<String> mutations() {
        return Arbitraries.randomValue(PolicyReaderProperties::mutation);
    }

    private static String mutation(Random random) {
        StringBuilder text = new StringBuilder(POLICY);
        int count = 1 + random.nextInt(4);
        for (int i = 0; i < count; i++) {
            int at = random.nextInt(text.length());
            switch (random.nextInt(3)) {
                case 0 -> text.delete(at, Math.min(text.length(), at + 1 + random.nextInt(12)));
                case 1 -> text.insert(at, PIECES.get(random.nextInt(PIECES.size())));
                default -> {
                    int end = Math.min(text.length(), at + 1 + random.nextInt(40));
                    text.insert(random.nextInt(text.length()), text.substring(at, end));
                }
            }
        }
        return text.toString();
    }
}
