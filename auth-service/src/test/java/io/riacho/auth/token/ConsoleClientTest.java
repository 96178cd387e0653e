package io.riacho.auth.token;

import static io.riacho.auth.token.TokenServer.json;
import static io.riacho.auth.token.TokenServer.userArn;
import static org.assertj.core.api.Assertions.assertThat;

import io.riacho.auth.TestClock;
import io.riacho.console.Console;
import io.riacho.postgres.TestPostgres;
import java.net.http.HttpResponse;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** The console signs people in as a client without a secret, which the server makes itself. */
class ConsoleClientTest {

    private static final String REDIRECT = TokenServer.CONSOLE + "/console/signed-in";
    private static final String PASSWORD = "correct horse";

    private final TokenServer server = TokenServer.shared();
    private final TestBrowser browser = new TestBrowser(server);

    private String userWithPassword() {
        String user = server.newUser();
        server.rest("PUT", "/v1/users/" + user + "/password", "{\"password\":\"" + PASSWORD + "\"}");
        return user;
    }

    private static HttpResponse<String> redeem(TestBrowser browser, String code, String verifier) {
        return browser.post(
                "/oauth2/token",
                "grant_type",
                "authorization_code",
                "client_id",
                Console.CLIENT_ID,
                "code",
                code,
                "redirect_uri",
                REDIRECT,
                "code_verifier",
                verifier);
    }

    private static HttpResponse<String> refresh(TestBrowser browser, String token) {
        return browser.post(
                "/oauth2/token", "grant_type", "refresh_token", "client_id", Console.CLIENT_ID, "refresh_token", token);
    }

    private static JsonNode signIn(TestBrowser browser, String user, String password) {
        String code = browser.code(Console.CLIENT_ID, REDIRECT, user, password);
        HttpResponse<String> answer = redeem(browser, code, TestBrowser.VERIFIER);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return json(answer);
    }

    private static String refreshToken(JsonNode tokens) {
        return tokens.path("refresh_token").asString();
    }

    private String whoIs(JsonNode tokens) {
        return server.whoIs(tokens.path("access_token").asString());
    }

    @Test
    void aUserSignsInToTheConsoleThatNobodyHadToRegister() {
        String user = userWithPassword();
        assertThat(whoIs(signIn(browser, user, PASSWORD))).isEqualTo(userArn(user));
    }

    @Test
    void aCodeIsOfNoUseWithoutItsVerifier() {
        String code = browser.code(Console.CLIENT_ID, REDIRECT, userWithPassword(), PASSWORD);
        assertThat(redeem(browser, code, "x".repeat(50)).statusCode()).isEqualTo(400);
        assertThat(browser.post(
                                "/oauth2/token",
                                "grant_type",
                                "authorization_code",
                                "client_id",
                                Console.CLIENT_ID,
                                "code",
                                code,
                                "redirect_uri",
                                REDIRECT)
                        .statusCode())
                .isIn(400, 401);
    }

    /** Else whatever listens on another port of the user's machine could have the user sign in to it. */
    @Test
    void nobodyIsSentToAnotherPortOfTheSameMachine() {
        for (String redirect : new String[] {
            "http://127.0.0.1:4570/console/signed-in",
            "http://localhost:4571/console/signed-in",
            REDIRECT + "/",
            REDIRECT + "?a=b"
        }) {
            HttpResponse<String> answer =
                    server.get(TestBrowser.authorizePath(Console.CLIENT_ID, redirect), "Accept", "text/html");
            assertThat(answer.statusCode()).as(redirect).isEqualTo(400);
            assertThat(answer.headers().firstValue("location")).isEmpty();
        }
    }

    @Test
    void aRefreshTokenIsGoodOnceAndEndsAllThatCameFromItWhenItComesAgain() {
        String user = userWithPassword();
        JsonNode first = signIn(browser, user, PASSWORD);
        JsonNode second = json(refresh(browser, refreshToken(first)));
        assertThat(whoIs(second)).isEqualTo(userArn(user));

        assertThat(refresh(browser, refreshToken(first)).statusCode()).isEqualTo(400);

        assertThat(whoIs(first)).isEqualTo("403");
        assertThat(whoIs(second)).isEqualTo("403");
        assertThat(refresh(browser, refreshToken(second)).statusCode()).isEqualTo(400);
    }

    @Test
    void aRefreshTokenIsNoOtherClients() {
        HttpResponse<String> made = server.rest(
                "POST",
                "/v1/oauth-clients",
                "{\"name\":\"" + TokenServer.newName("client")
                        + "\",\"isPublic\":true,\"redirectUris\":[\"https://app.example/back\"]}");
        String refresh = refreshToken(signIn(browser, userWithPassword(), PASSWORD));
        assertThat(browser.post(
                                "/oauth2/token",
                                "grant_type",
                                "refresh_token",
                                "client_id",
                                json(made).path("clientId").asString(),
                                "refresh_token",
                                refresh)
                        .statusCode())
                .isEqualTo(400);
        assertThat(refresh(browser, refresh).statusCode()).isEqualTo(200);
    }

    @Test
    void aClientWithASecretCannotDoWithoutItByNamingItself() {
        HttpResponse<String> made = server.rest(
                "POST",
                "/v1/oauth-clients",
                "{\"name\":\"" + TokenServer.newName("client") + "\",\"redirectUris\":[\"https://app.example/back\"]}");
        HttpResponse<String> answer = browser.post(
                "/oauth2/token",
                "grant_type",
                "refresh_token",
                "client_id",
                json(made).path("clientId").asString(),
                "refresh_token",
                "anything");
        assertThat(answer.statusCode()).isEqualTo(401);
        assertThat(json(answer).path("error").asString()).isEqualTo("invalid_client");
    }

    @Test
    void signingOutEndsTheTokensAndTheSessionOfTheSignInPage() {
        JsonNode tokens = signIn(browser, userWithPassword(), PASSWORD);
        String again = TestBrowser.authorizePath(Console.CLIENT_ID, REDIRECT);
        assertThat(browser.get(again).headers().firstValue("location").orElse(""))
                .startsWith(REDIRECT + "?code=");

        HttpResponse<String> revoked =
                browser.post("/oauth2/revoke", "client_id", Console.CLIENT_ID, "token", refreshToken(tokens));

        assertThat(revoked.statusCode()).isEqualTo(200);
        assertThat(whoIs(tokens)).isEqualTo("403");
        assertThat(refresh(browser, refreshToken(tokens)).statusCode()).isEqualTo(400);
        assertThat(browser.get(again).headers().firstValue("location").orElse(""))
                .endsWith("/oauth2/sign-in");
    }

    @Test
    void nobodyIsSignedOutByATokenOfSomebodyElse() {
        TestBrowser others = new TestBrowser(server);
        String token = refreshToken(signIn(others, userWithPassword(), PASSWORD));
        signIn(browser, userWithPassword(), PASSWORD);

        browser.post("/oauth2/revoke", "client_id", Console.CLIENT_ID, "token", token);

        assertThat(browser.get(TestBrowser.authorizePath(Console.CLIENT_ID, REDIRECT))
                        .headers()
                        .firstValue("location")
                        .orElse(""))
                .startsWith(REDIRECT + "?code=");
    }

    @Test
    void theRootSignsInWithItsAccessKey() {
        JsonNode tokens = signIn(browser, TokenServer.ROOT.accessKeyId(), TokenServer.ROOT.secretAccessKey());
        assertThat(whoIs(tokens)).isEqualTo("arn:aws:iam::" + TokenServer.ACCOUNT + ":root");
        assertThat(whoIs(json(refresh(browser, refreshToken(tokens)))))
                .isEqualTo("arn:aws:iam::" + TokenServer.ACCOUNT + ":root");
        assertThat(browser.code(Console.CLIENT_ID, REDIRECT, TokenServer.ROOT.accessKeyId(), "wrong"))
                .isEmpty();
        assertThat(browser.code(Console.CLIENT_ID, REDIRECT, "root", TokenServer.ROOT.secretAccessKey()))
                .isEmpty();
    }

    /** What is granted is in the database until its last token ends. */
    @Test
    void aSignInEndsHoweverOftenItsTokensAreExchanged() throws SQLException {
        TestClock clock = new TestClock();
        Duration almostOver = Duration.ofHours(12).minusMinutes(1);
        try (TokenServer aged = new TokenServer(context -> context.registerBean(InstantSource.class, () -> clock))) {
            TestBrowser visitor = new TestBrowser(aged);
            clock.moveOn(almostOver.negated());
            JsonNode tokens = signIn(visitor, TokenServer.ROOT.accessKeyId(), TokenServer.ROOT.secretAccessKey());
            clock.moveOn(almostOver);

            HttpResponse<String> later = refresh(visitor, refreshToken(tokens));

            assertThat(later.statusCode()).as(later.body()).isEqualTo(200);
            assertThat(lastEnd(aged)).isBefore(clock.instant().plus(Duration.ofHours(1)));
        }
    }

    private static Instant lastEnd(TokenServer server) throws SQLException {
        TestPostgres.Database database = server.database();
        try (var connection = DriverManager.getConnection(database.url(), database.user(), database.password());
                var statement = connection.createStatement();
                var rows = statement.executeQuery("select max(expires_at) from auth.oauth_authorization")) {
            assertThat(rows.next()).isTrue();
            return rows.getObject(1, OffsetDateTime.class).toInstant();
        }
    }

    @Test
    void theConsoleIsServedWithWhatItHasToKnow() {
        HttpResponse<String> page = server.get("/console/streams/any/records", "Accept", "text/html");
        assertThat(page.statusCode()).isEqualTo(200);
        JsonNode config = json(server.get("/console/config.json"));
        assertThat(config.path("clientId").asString()).isEqualTo(Console.CLIENT_ID);
        assertThat(config.path("accountId").asString()).isEqualTo(TokenServer.ACCOUNT);
        assertThat(config.path("origins").get(0).asString()).isEqualTo(TokenServer.CONSOLE);
    }
}
