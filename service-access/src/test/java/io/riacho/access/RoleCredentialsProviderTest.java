package io.riacho.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.riacho.protocol.role.RoleException;
import io.riacho.protocol.role.RoleException.Reason;
import io.riacho.protocol.role.ServiceRoles;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import software.amazon.awssdk.identity.spi.AwsCredentialsIdentity;
import software.amazon.awssdk.identity.spi.ResolveIdentityRequest;

class RoleCredentialsProviderTest {

    private static final ResolveIdentityRequest ANY =
            ResolveIdentityRequest.builder().build();

    private final TestRoles roles = new TestRoles();
    private final RoleCredentialsProvider provider = roles.provider();

    private String keyId() {
        return provider.resolveCredentials().accessKeyId();
    }

    private void assertRefused(Reason reason) {
        assertThatExceptionOfType(RoleException.class)
                .isThrownBy(provider::resolveCredentials)
                .matches(e -> e.reason() == reason);
    }

    @Test
    void theRoleIsAssumedWhenItIsAskedForFirst() {
        assertThat(roles.asked()).isZero();

        assertThat(keyId()).isEqualTo("ASIA1");
        assertThat(keyId()).isEqualTo("ASIA1");

        assertThat(roles.asked()).isEqualTo(1);
    }

    @Test
    void credentialsAreKeptUntilFiveMinutesBeforeTheirEnd() {
        assertThat(keyId()).isEqualTo("ASIA1");

        roles.pass(Duration.ofMinutes(55).minusMillis(1));
        assertThat(keyId()).isEqualTo("ASIA1");
        roles.pass(Duration.ofMillis(1));
        assertThat(keyId()).isEqualTo("ASIA2");
    }

    @Test
    void whileNobodyGivesNewCredentialsTheLastOnesAreUsedToTheirEnd() {
        assertThat(keyId()).isEqualTo("ASIA1");
        roles.refuse(Reason.UNAVAILABLE);

        roles.pass(Duration.ofMinutes(60).minusMillis(1));
        assertThat(keyId()).isEqualTo("ASIA1");
        roles.pass(Duration.ofSeconds(2));
        assertRefused(Reason.UNAVAILABLE);
        roles.refuse(null);
        roles.pass(Duration.ofSeconds(2));
        assertThat(keyId()).isEqualTo("ASIA2");
    }

    @Test
    void aRoleThatTrustsNoLongerIsNotUsedToTheEnd() {
        assertThat(keyId()).isEqualTo("ASIA1");
        roles.refuse(Reason.DENIED);
        roles.pass(Duration.ofMinutes(56));

        assertRefused(Reason.DENIED);
    }

    @Test
    void aFailureIsThatOfAllForASecond() {
        roles.refuse(Reason.DENIED);
        assertRefused(Reason.DENIED);
        roles.pass(Duration.ofMillis(999));
        assertRefused(Reason.DENIED);
        assertThat(roles.asked()).isEqualTo(1);

        roles.refuse(null);
        roles.pass(Duration.ofMillis(1));
        assertThat(keyId()).isEqualTo("ASIA1");
    }

    @Test
    void refusedCredentialsAreNotUsedAgain() {
        assertThat(keyId()).isEqualTo("ASIA1");

        provider.forget();

        assertThat(keyId()).isEqualTo("ASIA2");
    }

    @Test
    @Timeout(60)
    void whoAsksForAnIdentityDoesNotWaitForTheRole() throws Exception {
        CountDownLatch answers = new CountDownLatch(1);
        ServiceRoles slow = (roleArn, session) -> {
            try {
                answers.await();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
            return roles.assume(roleArn, session);
        };

        CompletableFuture<AwsCredentialsIdentity> identity =
                new RoleCredentialsProvider(slow, TestRoles.ROLE, TestRoles.SESSION, roles).resolveIdentity(ANY);

        assertThat(identity).isNotDone();
        answers.countDown();
        assertThat(identity.get(40, TimeUnit.SECONDS).accessKeyId()).isEqualTo("ASIA1");
    }

    @Test
    void itsTextShowsNoSecret() {
        assertThat(keyId()).isEqualTo("ASIA1");

        assertThat(provider.toString()).isEqualTo("RoleCredentialsProvider[" + TestRoles.ROLE + "]");
    }
}
