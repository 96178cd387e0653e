package io.riacho.analytics.bucket;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.riacho.analytics.role.RoleSessions;
import io.riacho.policy.NamedPolicy;
import io.riacho.policy.PolicyDocument;
import io.riacho.policy.PolicyKind;
import io.riacho.policy.PolicySet;
import io.riacho.policy.Principal;
import io.riacho.protocol.AwsException;
import io.riacho.protocol.Caller;
import io.riacho.protocol.DerivedKey;
import io.riacho.protocol.SigningKeys;
import io.riacho.protocol.audit.JsonAuditLog;
import io.riacho.protocol.authorization.PolicyAuthorizer;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What a role may read of a store that knows no roles. */
class ReadPolicyTest {

    private static final RoleSessions.Session SESSION =
            new RoleSessions.Session("ASIAEXAMPLE", "secret", "token", Instant.MAX);

    @Test
    void itMayReadWhatItsPoliciesAllow() {
        ReadPolicy policy = of("{'Effect':'Allow','Action':'s3:GetObject','Resource':'arn:aws:s3:::lake/in/*'}");

        assertThatCode(() -> policy.require(SESSION, "lake", "in/a.csv")).doesNotThrowAnyException();
    }

    @Test
    void itMayReadNothingElse() {
        ReadPolicy policy = of("{'Effect':'Allow','Action':'s3:GetObject','Resource':'arn:aws:s3:::lake/in/*'}");

        assertThatThrownBy(() -> policy.require(SESSION, "lake", "out/a.csv"))
                .isInstanceOf(AwsException.class)
                .hasMessageContaining(
                        "is not authorized to perform: s3:GetObject on resource: arn:aws:s3:::lake/out/a.csv");
    }

    @Test
    void aDenialCountsMore() {
        ReadPolicy policy = of("{'Effect':'Allow','Action':'s3:*','Resource':'*'},"
                + "{'Effect':'Deny','Action':'s3:Get*','Resource':'arn:aws:s3:::lake/secret'}");

        assertThatThrownBy(() -> policy.require(SESSION, "lake", "secret")).isInstanceOf(AwsException.class);
    }

    @Test
    void aSessionThatNobodyKnowsReadsNothing() {
        ReadPolicy policy = policy((_, _, _, _, _) -> Optional.empty());

        assertThatThrownBy(() -> policy.require(SESSION, "lake", "in/a.csv")).isInstanceOf(AwsException.class);
    }

    private static ReadPolicy of(String statements) {
        String document = "{'Version':'2012-10-17','Statement':[" + statements + "]}";
        Caller caller = new Caller(
                Principal.assumedRole(
                        "arn:aws:sts::000000000000:assumed-role/reader/app", "arn:aws:iam::000000000000:role/reader"),
                "AROA:app",
                Map.of(),
                PolicySet.ofIdentity(List.of(new NamedPolicy(
                        "reads", PolicyDocument.parse(document.replace('\'', '"'), PolicyKind.IDENTITY)))));
        SigningKeys keys =
                (_, _, _, _, _) -> Optional.of(new SigningKeys.SigningKey(new DerivedKey(new byte[32]), caller));
        return policy(keys);
    }

    private static ReadPolicy policy(SigningKeys keys) {
        InstantSource clock = InstantSource.system();
        return new ReadPolicy(keys, new PolicyAuthorizer(new JsonAuditLog(clock), clock), "us-east-1", clock);
    }
}
