package io.riacho.auth.token;

import static io.riacho.auth.token.TokenServer.allow;
import static io.riacho.auth.token.TokenServer.basic;
import static io.riacho.auth.token.TokenServer.form;
import static io.riacho.auth.token.TokenServer.json;
import static io.riacho.auth.token.TokenServer.newName;
import static io.riacho.auth.token.TokenServer.roleArn;
import static io.riacho.auth.token.TokenServer.trustUser;
import static io.riacho.auth.token.TokenServer.userArn;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKMatcher;
import com.nimbusds.jose.jwk.JWKSelector;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.proc.SimpleSecurityContext;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import io.riacho.auth.oauth.TokenKeys;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.sql.DriverManager;
import java.text.ParseException;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.services.sts.model.Credentials;
import tools.jackson.databind.JsonNode;

class OAuthTest {

    private static final String REDIRECT = "https://app.example/back";

    private final TokenServer server = TokenServer.shared();

    private record Client(String id, String secret) {}

    private Client client(String principalArn) {
        return made("{\"name\":\"" + newName("client") + "\",\"principalArn\":\"" + principalArn + "\"}");
    }

    private Client signInClient() {
        return made("{\"name\":\"" + newName("client") + "\",\"redirectUris\":[\"" + REDIRECT + "\"]}");
    }

    private Client made(String body) {
        HttpResponse<String> answer = server.rest("POST", "/v1/oauth-clients", body);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
        JsonNode made = json(answer);
        return new Client(
                made.path("clientId").asString(), made.path("clientSecret").asString());
    }

    private HttpResponse<String> ask(Client client, String... form) {
        return server.post("/oauth2/token", form(form), "Authorization", basic(client.id(), client.secret()));
    }

    private String token(Client client) {
        HttpResponse<String> answer = ask(client, "grant_type", "client_credentials");
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return json(answer).path("access_token").asString();
    }

    private static String authorizePath(Client client, String redirect) {
        return TestBrowser.authorizePath(client.id(), redirect);
    }

    /** Signs a user in as a browser does; gives the code that the client is given. */
    private String code(Client client, String user, String password) {
        return new TestBrowser(server).code(client.id(), REDIRECT, user, password);
    }

    private String userWithPassword() {
        String user = server.newUser();
        assertThat(server.rest("PUT", "/v1/users/" + user + "/password", "{\"password\":\"correct horse\"}")
                        .statusCode())
                .isEqualTo(204);
        return user;
    }

    private HttpResponse<String> redeem(Client client, String code, String verifier) {
        return ask(
                client,
                "grant_type",
                "authorization_code",
                "code",
                code,
                "redirect_uri",
                REDIRECT,
                "code_verifier",
                verifier);
    }

    @Test
    void aClientActsAsItsRole() {
        String role = server.newRole(trustUser(server.newUser()));
        assertThat(server.whoIs(token(client(roleArn(role))))).contains(":assumed-role/" + role + "/client-");
    }

    @Test
    void aClientActsAsItsUser() {
        String user = server.newUser();
        assertThat(server.whoIs(token(client(userArn(user))))).isEqualTo(userArn(user));
    }

    @Test
    void aWrongSecretAndAnUnknownClientAnswerAlike() {
        Client client = client(userArn(server.newUser()));
        HttpResponse<String> wrong = ask(new Client(client.id(), "wrong"), "grant_type", "client_credentials");
        HttpResponse<String> unknown = ask(new Client("rc-unknown", "wrong"), "grant_type", "client_credentials");
        assertThat(wrong.statusCode()).isEqualTo(401).isEqualTo(unknown.statusCode());
        assertThat(wrong.body()).isEqualTo(unknown.body());
    }

    @Test
    void anUnknownScopeIsRefused() {
        Client client = client(userArn(server.newUser()));
        assertThat(json(ask(client, "grant_type", "client_credentials", "scope", "kinesis:read"))
                        .path("error")
                        .asString())
                .isEqualTo("invalid_scope");
    }

    @Test
    void aRotatedSecretTakesThePlaceOfTheOld() {
        String name = newName("client");
        Client old = made("{\"name\":\"" + name + "\",\"principalArn\":\"" + userArn(server.newUser()) + "\"}");
        String secret = json(server.rest("POST", "/v1/oauth-clients/" + name + "/secret", ""))
                .path("clientSecret")
                .asString();
        assertThat(ask(old, "grant_type", "client_credentials").statusCode()).isEqualTo(401);
        assertThat(token(new Client(old.id(), secret))).isNotEmpty();
    }

    @Test
    void aTokenEndsWithItsClientAndWithItsUser() {
        String user = server.newUser();
        String name = newName("client");
        Client client = made("{\"name\":\"" + name + "\",\"principalArn\":\"" + userArn(user) + "\"}");
        String token = token(client);
        assertThat(server.whoIs(token)).isEqualTo(userArn(user));
        assertThat(server.rest("DELETE", "/v1/oauth-clients/" + name, "").statusCode())
                .isEqualTo(204);
        assertThat(server.whoIs(token)).isEqualTo("403");
        String other = token(client(userArn(user)));
        server.iam().deleteUser(r -> r.userName(user));
        server.iam().createUser(r -> r.userName(user));
        assertThat(server.whoIs(other)).isEqualTo("403");
    }

    @Test
    void aRevokedTokenIsRefusedAndIntrospectedAsInactive() {
        Client client = client(userArn(server.newUser()));
        String token = token(client);
        String who = basic(client.id(), client.secret());
        assertThat(json(server.post("/oauth2/introspect", form("token", token), "Authorization", who))
                        .path("active")
                        .asBoolean())
                .isTrue();
        assertThat(server.whoIs(token)).isNotEqualTo("403");
        assertThat(server.post("/oauth2/revoke", form("token", token), "Authorization", who)
                        .statusCode())
                .isEqualTo(200);
        assertThat(server.whoIs(token)).isEqualTo("403");
        assertThat(json(server.post("/oauth2/introspect", form("token", token), "Authorization", who))
                        .path("active")
                        .asBoolean())
                .isFalse();
    }

    @Test
    void aForgedTokenIsRefused() throws ParseException, JOSEException {
        String user = server.newUser();
        Client client = client(userArn(user));
        String real = token(client);
        JWTClaimsSet claims = SignedJWT.parse(real).getJWTClaimsSet();
        ECKey ours = (ECKey) server.bean(TokenKeys.class)
                .get(new JWKSelector(new JWKMatcher.Builder().build()), new SimpleSecurityContext())
                .getFirst();
        assertThat(server.whoIs(signed(ours, claims))).isEqualTo(userArn(user));

        String none = Base64.getUrlEncoder()
                        .withoutPadding()
                        .encodeToString("{\"alg\":\"none\",\"typ\":\"at+jwt\"}".getBytes(StandardCharsets.UTF_8))
                + "." + real.split("\\.")[1] + ".";
        assertThat(server.whoIs(none)).isEqualTo("403");
        assertThat(server.whoIs(signed(
                        new ECKeyGenerator(Curve.P_256).keyID(ours.getKeyID()).generate(), claims)))
                .isEqualTo("403");
        assertThat(server.whoIs(signedWithPublicKey(ours, claims))).isEqualTo("403");
        assertThat(server.whoIs(signed(
                        ours, changed(claims).issuer("https://evil.example").build())))
                .isEqualTo("403");
        assertThat(server.whoIs(signed(ours, changed(claims).audience("other").build())))
                .isEqualTo("403");
        Instant now = Instant.now();
        assertThat(server.whoIs(signed(
                        ours,
                        changed(claims)
                                .expirationTime(Date.from(now.minusSeconds(60)))
                                .build())))
                .isEqualTo("403");
        assertThat(server.whoIs(signed(
                        ours,
                        changed(claims)
                                .notBeforeTime(Date.from(now.plusSeconds(120)))
                                .build())))
                .isEqualTo("403");
        SignedJWT plainType = new SignedJWT(
                new JWSHeader.Builder(JWSAlgorithm.ES256)
                        .keyID(ours.getKeyID())
                        .type(JOSEObjectType.JWT)
                        .build(),
                claims);
        plainType.sign(new ECDSASigner(ours));
        assertThat(server.whoIs(plainType.serialize())).isEqualTo("403");
    }

    private static JWTClaimsSet.Builder changed(JWTClaimsSet claims) {
        return new JWTClaimsSet.Builder(claims).jwtID(UUID.randomUUID().toString());
    }

    private static String signed(ECKey key, JWTClaimsSet claims) throws JOSEException {
        SignedJWT jwt = new SignedJWT(
                new JWSHeader.Builder(JWSAlgorithm.ES256)
                        .keyID(key.getKeyID())
                        .type(new JOSEObjectType("at+jwt"))
                        .build(),
                claims);
        jwt.sign(new ECDSASigner(key));
        return jwt.serialize();
    }

    private static String signedWithPublicKey(ECKey key, JWTClaimsSet claims) throws JOSEException {
        SignedJWT jwt = new SignedJWT(
                new JWSHeader.Builder(JWSAlgorithm.HS256)
                        .keyID(key.getKeyID())
                        .type(new JOSEObjectType("at+jwt"))
                        .build(),
                claims);
        jwt.sign(new MACSigner(key.toPublicJWK().toJSONString().getBytes(StandardCharsets.UTF_8)));
        return jwt.serialize();
    }

    @Test
    void aUserSignsInAndTheClientGetsTokens() {
        String user = userWithPassword();
        Client client = signInClient();
        JsonNode tokens = json(redeem(client, code(client, user, "correct horse"), TestBrowser.VERIFIER));
        assertThat(server.whoIs(tokens.path("access_token").asString())).isEqualTo(userArn(user));
        assertThat(tokens.path("id_token").asString()).isNotEmpty();
        assertThat(tokens.path("refresh_token").asString()).isNotEmpty();
    }

    @Test
    void aWrongPasswordGivesNoCode() {
        assertThat(code(signInClient(), userWithPassword(), "wrong password")).isEmpty();
        assertThat(code(signInClient(), "nobody-there", "wrong password")).isEmpty();
    }

    @Test
    void whoAsksForACodeWithoutAChallengeIsRefused() {
        String path = authorizePath(signInClient(), REDIRECT);

        HttpResponse<String> asked =
                server.get(path.substring(0, path.indexOf("&code_challenge=")), "Accept", "text/html");

        assertThat(asked.headers().firstValue("location").orElse(asked.body()))
                .startsWith(REDIRECT + "?error=invalid_request");
    }

    @Test
    void aCodeNeedsItsVerifier() {
        Client client = signInClient();
        String code = code(client, userWithPassword(), "correct horse");
        assertThat(redeem(client, code, "x".repeat(50)).statusCode()).isEqualTo(400);
    }

    @Test
    void aCodeThatIsUsedTwiceEndsItsTokens() {
        Client client = signInClient();
        String user = userWithPassword();
        String code = code(client, user, "correct horse");
        JsonNode tokens = json(redeem(client, code, TestBrowser.VERIFIER));
        assertThat(server.whoIs(tokens.path("access_token").asString())).isEqualTo(userArn(user));
        assertThat(redeem(client, code, TestBrowser.VERIFIER).statusCode()).isEqualTo(400);
        assertThat(server.whoIs(tokens.path("access_token").asString())).isEqualTo("403");
        assertThat(ask(
                                client,
                                "grant_type",
                                "refresh_token",
                                "refresh_token",
                                tokens.path("refresh_token").asString())
                        .statusCode())
                .isEqualTo(400);
    }

    @Test
    void aRefreshTokenThatIsUsedTwiceEndsAllThatCameFromIt() {
        Client client = signInClient();
        String user = userWithPassword();
        JsonNode first = json(redeem(client, code(client, user, "correct horse"), TestBrowser.VERIFIER));
        String refresh = first.path("refresh_token").asString();
        JsonNode second = json(ask(client, "grant_type", "refresh_token", "refresh_token", refresh));
        assertThat(server.whoIs(second.path("access_token").asString())).isEqualTo(userArn(user));
        assertThat(ask(client, "grant_type", "refresh_token", "refresh_token", refresh)
                        .statusCode())
                .isEqualTo(400);
        assertThat(server.whoIs(first.path("access_token").asString())).isEqualTo("403");
        assertThat(server.whoIs(second.path("access_token").asString())).isEqualTo("403");
        assertThat(ask(
                                client,
                                "grant_type",
                                "refresh_token",
                                "refresh_token",
                                second.path("refresh_token").asString())
                        .statusCode())
                .isEqualTo(400);
    }

    @Test
    void nobodyIsSentToAnAddressThatIsNotTheClients() {
        HttpResponse<String> answer =
                server.get(authorizePath(signInClient(), "https://evil.example/back"), "Accept", "text/html");
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.headers().firstValue("location")).isEmpty();
    }

    @Test
    void theSignInPageLoadsNothingAndNeedsItsToken() {
        HttpResponse<String> page = server.get("/oauth2/sign-in", "Accept", "text/html");
        assertThat(page.headers().firstValue("content-security-policy").orElse(""))
                .contains("default-src 'none'");
        assertThat(TestBrowser.cookie(page, "JSESSIONID")).isEmpty();
        assertThat(server.post("/oauth2/sign-in", form("username", "a", "password", "b"))
                        .statusCode())
                .isEqualTo(403);
    }

    @Test
    void discoveryNamesWhatIsServedAndKeysArePublicOnly() {
        JsonNode oauth = json(server.get("/.well-known/oauth-authorization-server"));
        assertThat(oauth.path("issuer").asString()).isEqualTo(TokenServer.ISSUER);
        assertThat(oauth.has("device_authorization_endpoint")).isFalse();
        assertThat(json(server.get("/.well-known/openid-configuration"))
                        .path("jwks_uri")
                        .asString())
                .isEqualTo(TokenServer.ISSUER + "/oauth2/jwks");
        JsonNode key = json(server.get("/oauth2/jwks")).path("keys").get(0);
        assertThat(key.path("alg").asString()).isEqualTo("ES256");
        assertThat(key.has("d")).isFalse();
    }

    @Test
    void otherPathsDoNotGoThroughTheFilter() {
        assertThat(server.get("/actuator/health").statusCode()).isEqualTo(200);
        assertThat(server.get("/v1/oauth-clients").statusCode()).isEqualTo(401);
    }

    @Test
    void theServiceIsReadyWhereItsDatabaseAnswers() {
        JsonNode ready = json(server.get("/actuator/health/readiness"));
        assertThat(ready.at("/components/database/status").asString()).isEqualTo("UP");
        assertThat(ready.path("status").asString()).isEqualTo("UP");
    }

    @Test
    void aTokenOfOursIsAWebIdentity() {
        Client client = client(userArn(server.newUser()));
        String provider = "arn:aws:iam::" + TokenServer.ACCOUNT + ":oidc-provider/auth.riacho.example";
        String role = server.newRole("{\"Effect\":\"Allow\",\"Principal\":{\"Federated\":\"" + provider
                + "\"},\"Action\":\"sts:AssumeRoleWithWebIdentity\",\"Condition\":{\"StringEquals\":"
                + "{\"auth.riacho.example:sub\":\"" + client.id() + "\"}}}");
        Credentials credentials = server.anonymousSts()
                .assumeRoleWithWebIdentity(
                        r -> r.roleArn(roleArn(role)).roleSessionName("web").webIdentityToken(token(client)))
                .credentials();
        assertThat(server.sts(credentials).getCallerIdentity().arn()).endsWith(role + "/web");
        Client other = client(userArn(server.newUser()));
        assertThatThrownBy(() -> server.anonymousSts()
                        .assumeRoleWithWebIdentity(r ->
                                r.roleArn(roleArn(role)).roleSessionName("web").webIdentityToken(token(other))))
                .isInstanceOfSatisfying(
                        AwsServiceException.class,
                        e -> assertThat(e.awsErrorDetails().errorCode()).isEqualTo("AccessDenied"));
    }

    @Test
    void aContainerGetsCredentialsOfARoleThatTrustsItsToken() {
        String user = server.newUser();
        String role = server.newRole(trustUser(user));
        String token = token(client(userArn(user)));
        HttpResponse<String> answer = server.get("/v1/credentials/" + role, "Authorization", token);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        JsonNode credentials = json(answer);
        assertThat(server.sts(software.amazon.awssdk.auth.credentials.AwsSessionCredentials.create(
                                credentials.path("AccessKeyId").asString(),
                                credentials.path("SecretAccessKey").asString(),
                                credentials.path("Token").asString()))
                        .getCallerIdentity()
                        .arn())
                .endsWith(role + "/" + user);
        String stranger = token(client(userArn(server.newUser())));
        assertThat(server.get("/v1/credentials/" + role, "Authorization", stranger)
                        .statusCode())
                .isEqualTo(403);
        assertThat(server.get("/v1/credentials/" + role, "Authorization", "nonsense")
                        .statusCode())
                .isEqualTo(401);
    }

    @Test
    void whoMakesAClientMayActAsItsPrincipalAlready() {
        String target = server.newUser(allow("*", "*"));
        String maker = server.newUser(allow("riacho:*", "*"));
        String token = token(client(userArn(maker)));
        HttpResponse<String> answer = server.postJson(
                "/v1/oauth-clients",
                "{\"name\":\"" + newName("client") + "\",\"principalArn\":\"" + userArn(target) + "\"}",
                token);
        assertThat(answer.statusCode()).isEqualTo(403);
        assertThat(answer.body()).contains("iam:CreateAccessKey");
    }

    @Test
    void noSecretIsInAnyTable() throws Exception {
        String user = userWithPassword();
        Client client = signInClient();
        String code = code(client, user, "correct horse");
        JsonNode tokens = json(redeem(client, code, TestBrowser.VERIFIER));
        StringBuilder dump = new StringBuilder();
        try (var connection = DriverManager.getConnection(
                        server.database().url(),
                        server.database().user(),
                        server.database().password());
                var statement = connection.createStatement()) {
            for (String table : new String[] {
                "oauth_client", "oauth_authorization", "oauth_spent_token", "login_profile", "rotating_key"
            }) {
                try (var rows = statement.executeQuery("select t::text from auth." + table + " t")) {
                    while (rows.next()) {
                        dump.append(rows.getString(1)).append('\n');
                    }
                }
            }
        }
        assertThat(dump.toString())
                .contains(client.id())
                .doesNotContain(client.secret())
                .doesNotContain(code)
                .doesNotContain("correct horse")
                .doesNotContain(tokens.path("access_token").asString())
                .doesNotContain(tokens.path("refresh_token").asString())
                .doesNotContain(tokens.path("id_token").asString())
                .doesNotContain("\"d\":");
    }
}
