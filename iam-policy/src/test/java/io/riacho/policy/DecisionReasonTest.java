package io.riacho.policy;

import static org.assertj.core.api.Assertions.assertThat;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The texts of IAM's page "Troubleshoot access denied error messages". */
class DecisionReasonTest {

    @ParameterizedTest
    @CsvSource({
        "IDENTITY, because no identity-based policy allows the kinesis:PutRecord action",
        "RESOURCE, because no resource-based policy allows the kinesis:PutRecord action",
        "TRUST, because no role trust policy allows the kinesis:PutRecord action",
        "SESSION, because no session policy allows the kinesis:PutRecord action",
        "BOUNDARY, because no permissions boundary allows the kinesis:PutRecord action",
        "ENDPOINT, because no VPC endpoint policy allows the kinesis:PutRecord action",
    })
    void anImplicitDenySaysWhichKindOfPolicyLacks(PolicyKind kind, String expected) {
        assertThat(decision(Decision.Outcome.IMPLICIT_DENY, kind).reason()).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "IDENTITY, with an explicit deny in an identity-based policy",
        "RESOURCE, with an explicit deny in a resource-based policy",
        "TRUST, with an explicit deny in the role trust policy",
        "SESSION, with an explicit deny in a session policy",
        "BOUNDARY, with an explicit deny in a permissions boundary",
        "ENDPOINT, with an explicit deny in a VPC endpoint policy",
    })
    void anExplicitDenySaysWhichKindOfPolicyDenied(PolicyKind kind, String expected) {
        assertThat(decision(Decision.Outcome.EXPLICIT_DENY, kind).reason()).isEqualTo(expected);
    }

    @Test
    void whatIsAllowedHasNoReason() {
        assertThat(decision(Decision.Outcome.ALLOWED, PolicyKind.IDENTITY).reason())
                .isEmpty();
        assertThat(decision(Decision.Outcome.ALLOWED, null).reason()).isEmpty();
    }

    private static Decision decision(Decision.Outcome outcome, @Nullable PolicyKind kind) {
        return new Decision(outcome, "kinesis:PutRecord", kind, null, null, -1);
    }
}
