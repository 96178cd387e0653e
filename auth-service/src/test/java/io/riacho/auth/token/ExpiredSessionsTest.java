package io.riacho.auth.token;

import static io.riacho.auth.token.TokenServer.allow;
import static io.riacho.auth.token.TokenServer.roleArn;
import static io.riacho.auth.token.TokenServer.trustUser;
import static org.assertj.core.api.Assertions.assertThat;

import io.riacho.auth.TestClock;
import java.time.Duration;
import java.time.InstantSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.services.sts.model.Credentials;

/** Sessions of every kind, in a server whose clock can be moved on. */
class ExpiredSessionsTest {

    private static final Duration A_MOMENT = Duration.ofSeconds(60);

    private static TestClock clock;
    private static TokenServer server;

    @BeforeAll
    static void start() {
        clock = new TestClock();
        server = new TokenServer(context -> context.registerBean(InstantSource.class, () -> clock));
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static void assertEnds(Credentials session, Duration length) {
        assertThat(answer(session)).isEmpty();
        clock.moveOn(length.minus(A_MOMENT));
        assertThat(answer(session)).isEmpty();
        clock.moveOn(A_MOMENT);
        assertThat(answer(session)).isEqualTo("ExpiredToken");
    }

    private static String answer(Credentials session) {
        try {
            server.sts(session).getCallerIdentity();
            return "";
        } catch (AwsServiceException e) {
            return e.awsErrorDetails().errorCode();
        }
    }

    @Test
    void aRolesSessionEndsWithItsTime() {
        String user = server.newUser();
        String role = server.newRole(trustUser(user));
        assertEnds(
                server.sts(server.keyOf(user))
                        .assumeRole(r -> r.roleArn(roleArn(role))
                                .roleSessionName("session")
                                .durationSeconds(900))
                        .credentials(),
                Duration.ofSeconds(900));
    }

    @Test
    void aUsersSessionEndsWithItsTime() {
        assertEnds(
                server.sts(server.keyOf(server.newUser()))
                        .getSessionToken(r -> r.durationSeconds(7200))
                        .credentials(),
                Duration.ofSeconds(7200));
    }

    @Test
    void theRootsSessionEndsAfterAnHour() {
        assertEnds(
                server.rootSts().getSessionToken(r -> r.durationSeconds(7200)).credentials(), Duration.ofHours(1));
    }

    @Test
    void aFederatedUsersSessionEndsWithItsTime() {
        assertEnds(
                server.sts(server.keyOf(server.newUser(allow("sts:*", "*"))))
                        .getFederationToken(r -> r.name("guest").durationSeconds(900))
                        .credentials(),
                Duration.ofSeconds(900));
    }
}
