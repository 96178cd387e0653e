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
import tools.jackson.databind.JsonNode;

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
    void anAccessTokenEndsWithItsTime() {
        // Tokens are dated by the system's clock, so this one begins with it.
        TestClock clock = new TestClock();
        TokenServer server = new TokenServer(context -> context.registerBean(InstantSource.class, () -> clock));
        String user = server.newUser();
        JsonNode client = TokenServer.json(server.rest(
                "POST",
                "/v1/oauth-clients",
                "{\"name\":\"" + user + "\",\"principalArn\":\"" + TokenServer.userArn(user) + "\"}"));
        JsonNode answer = TokenServer.json(server.post(
                "/oauth2/token",
                TokenServer.form("grant_type", "client_credentials"),
                "Authorization",
                TokenServer.basic(
                        client.path("clientId").asString(),
                        client.path("clientSecret").asString())));
        String token = answer.path("access_token").asString();

        assertThat(server.whoIs(token)).isEqualTo(TokenServer.userArn(user));
        clock.moveOn(Duration.ofSeconds(answer.path("expires_in").asLong()));
        assertThat(server.whoIs(token)).as("within what clocks may be off").isEqualTo(TokenServer.userArn(user));
        clock.moveOn(A_MOMENT);
        assertThat(server.whoIs(token)).isEqualTo("403");
        server.close();
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
