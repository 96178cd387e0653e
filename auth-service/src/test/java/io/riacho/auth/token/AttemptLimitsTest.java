package io.riacho.auth.token;

import static io.riacho.auth.token.TokenServer.basic;
import static io.riacho.auth.token.TokenServer.form;
import static io.riacho.auth.token.TokenServer.json;
import static io.riacho.auth.token.TokenServer.newName;
import static io.riacho.auth.token.TokenServer.userArn;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.util.function.IntFunction;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import tools.jackson.databind.JsonNode;

/** Strangers may try so often. All come from one address, so what is left for it depends on what went before. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class AttemptLimitsTest {

    private static final int MANY = 3000;

    private static TokenServer server;

    @BeforeAll
    static void start() {
        server = new TokenServer();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    /** Tries until the answer is a refusal for having tried too often. */
    private static HttpResponse<String> untilRefused(IntFunction<HttpResponse<String>> attempt) {
        for (int i = 0; i < MANY; i++) {
            HttpResponse<String> answer = attempt.apply(i);
            if (retryAfter(answer) > 0) {
                return answer;
            }
        }
        throw new AssertionError("never refused");
    }

    private static long retryAfter(HttpResponse<String> answer) {
        return answer.headers().firstValueAsLong("retry-after").orElse(0);
    }

    private static HttpResponse<String> ask(String client, String secret) {
        return server.post("/oauth2/token", "grant_type=client_credentials", "Authorization", basic(client, secret));
    }

    private static HttpResponse<String> signIn(String user, String password) {
        HttpResponse<String> page = server.get("/oauth2/sign-in", "Accept", "text/html");
        String csrf = page.body().replaceAll("(?s).*name=\"_csrf\" value=\"([^\"]*)\".*", "$1");
        String cookie = page.headers().firstValue("set-cookie").orElse("");
        return server.post(
                "/oauth2/sign-in",
                form("username", user, "password", password, "_csrf", csrf),
                "Cookie",
                cookie.substring(0, cookie.indexOf(';')));
    }

    private static HttpResponse<String> webIdentity(String token) {
        return server.post(
                "/",
                form(
                        "Action",
                        "AssumeRoleWithWebIdentity",
                        "Version",
                        "2011-06-15",
                        "RoleArn",
                        TokenServer.roleArn("any"),
                        "RoleSessionName",
                        "web",
                        "WebIdentityToken",
                        token));
    }

    /** First, while the address may try more often than one user's password may be tried. */
    @Test
    @Order(0)
    void thePasswordOfOneUserIsNotTriedWithoutEnd() {
        HttpResponse<String> refused = untilRefused(i -> signIn("one-user", "password-" + i));
        assertThat(refused.statusCode()).isEqualTo(429);
        assertThat(retryAfter(refused)).isBetween(1L, 5L);
        assertThat(signIn("other-user", "password").statusCode()).isEqualTo(302);
    }

    @Test
    @Order(1)
    void aWrongSecretAndAnUnknownClientAreToldTheSame() {
        String user = server.newUser();
        JsonNode client = json(server.rest(
                "POST",
                "/v1/oauth-clients",
                "{\"name\":\"" + newName("client") + "\",\"principalArn\":\"" + userArn(user) + "\"}"));
        HttpResponse<String> wrong = ask(client.path("clientId").asString(), "wrong");
        for (String unknown : new String[] {"rc-unknown", "x".repeat(2000), "'; drop table x"}) {
            HttpResponse<String> answer = ask(unknown, "wrong");
            assertThat(answer.statusCode()).as(unknown).isEqualTo(401).isEqualTo(wrong.statusCode());
            assertThat(answer.body()).isEqualTo(wrong.body());
            assertThat(answer.headers().map().keySet())
                    .isEqualTo(wrong.headers().map().keySet());
        }
        for (String impossible : new String[] {"", "a\u0000b", "ü"}) {
            assertThat(ask(impossible, "wrong").statusCode()).as(impossible).isIn(400, 401);
        }
    }

    @Test
    @Order(2)
    void aWrongPasswordAndAnUnknownUserAreToldTheSame() {
        String user = server.newUser();
        server.iam().createLoginProfile(r -> r.userName(user).password("correct horse"));
        HttpResponse<String> wrong = signIn(user, "wrong horse");
        assertThat(wrong.statusCode()).isEqualTo(302);
        for (String unknown : new String[] {"nobody", "a\u0000b", "x".repeat(2000)}) {
            assertThat(signIn(unknown, "wrong horse").headers().firstValue("location"))
                    .as(unknown)
                    .isEqualTo(wrong.headers().firstValue("location"));
        }
        for (String password : new String[] {"", "a\u0000b", "ü".repeat(500)}) {
            assertThat(signIn(user, password).headers().firstValue("location"))
                    .isEqualTo(wrong.headers().firstValue("location"));
        }
    }

    @Test
    @Order(3)
    void theSecretsOfOneClientAreNotTriedWithoutEnd() {
        HttpResponse<String> refused = untilRefused(i -> ask("one-client", "secret-" + i));
        assertThat(refused.statusCode()).isEqualTo(429);
        assertThat(refused.body()).contains("temporarily_unavailable");
        assertThat(retryAfter(refused)).isEqualTo(1);
        assertThat(ask("other-client", "secret").statusCode()).isEqualTo(401);
        assertThat(server.post("/oauth2/token", form("client_id", "one-client", "grant_type", "client_credentials"))
                        .statusCode())
                .isIn(429, 401);
    }

    @Test
    @Order(4)
    void oneAddressDoesNotTryClientsWithoutEnd() {
        HttpResponse<String> refused = untilRefused(i -> ask("client-" + i, "secret"));
        assertThat(refused.statusCode()).isEqualTo(429);
        assertThat(server.get("/actuator/health").statusCode()).isEqualTo(200);
    }

    @Test
    @Order(5)
    void callsOfStsWithoutASignatureAreThrottledWithTheWordWhenToComeBack() {
        HttpResponse<String> refused = untilRefused(i -> webIdentity("token-" + i));
        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(refused.body()).contains("<Code>Throttling</Code>").contains("Rate exceeded");
        assertThat(retryAfter(refused)).isEqualTo(1);
    }

    @Test
    @Order(6)
    void credentialsForContainersAreThrottledToo() {
        HttpResponse<String> refused =
                untilRefused(i -> server.get("/v1/credentials/any", "Authorization", "token-" + i));
        assertThat(refused.statusCode()).isEqualTo(429);
    }

    @Test
    @Order(7)
    void passwordsAreNotTriedWithoutEnd() {
        HttpResponse<String> refused = untilRefused(
                i -> server.post("/oauth2/sign-in", form("username", "somebody", "password", "password-" + i)));
        assertThat(refused.statusCode()).isEqualTo(429);
        assertThat(retryAfter(refused)).isBetween(1L, 5L);
    }

    @Test
    @Order(8)
    void theLimitForgets() {
        HttpResponse<String> answer = untilAnswered();
        assertThat(answer.statusCode()).isEqualTo(401);
    }

    private static HttpResponse<String> untilAnswered() {
        for (int i = 0; i < MANY; i++) {
            HttpResponse<String> answer = ask("one-client", "secret");
            if (answer.statusCode() != 429) {
                return answer;
            }
        }
        throw new AssertionError("never answered");
    }
}
