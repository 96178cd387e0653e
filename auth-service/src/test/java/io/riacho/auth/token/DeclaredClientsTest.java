package io.riacho.auth.token;

import static io.riacho.auth.token.TokenServer.ACCOUNT;
import static io.riacho.auth.token.TokenServer.allow;
import static io.riacho.auth.token.TokenServer.basic;
import static io.riacho.auth.token.TokenServer.form;
import static io.riacho.auth.token.TokenServer.json;
import static io.riacho.auth.token.TokenServer.policy;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Clients that nobody has to make, because auth-service is told of them when it starts. */
@SuppressWarnings("NullAway.Init")
class DeclaredClientsTest {

    private static final String FIRST = "the-first-secret-0123456789abcdef0123456789";
    private static final String SECOND = "the-second-secret-0123456789abcdef012345678";

    @TempDir
    private Path folder;

    @Test
    void aDeclaredClientGetsTokensAndMayDoWhatItsPolicySays() throws IOException {
        try (TokenServer server = new TokenServer(client("streams", FIRST, allow("iam:ListUsers", "*")))) {
            String token = token(server, "streams", FIRST);

            assertThat(server.whoIs(token)).isEqualTo("arn:aws:iam::" + ACCOUNT + ":user/declared/client-streams");
            assertThat(ask(server, token, "ListUsers")).isEqualTo(200);
            assertThat(ask(server, token, "ListRoles")).isEqualTo(403);
            assertThat(grant(server, "streams", SECOND).statusCode()).isEqualTo(401);
        }
    }

    @Test
    void anotherStartTakesTheSecretAndThePolicyOfThatStart() throws IOException {
        try (TokenServer server = new TokenServer(client("streams", FIRST, allow("iam:ListUsers", "*")));
                TokenServer next = server.twin(client("streams", SECOND, allow("iam:ListRoles", "*")))) {
            String token = token(next, "streams", SECOND);

            assertThat(ask(next, token, "ListRoles")).isEqualTo(200);
            assertThat(ask(next, token, "ListUsers")).isEqualTo(403);
            assertThat(grant(next, "streams", FIRST).statusCode()).isEqualTo(401);
        }
    }

    @Test
    void aSecretThatCanBeGuessedKeepsTheServerFromStarting() {
        assertThatExceptionOfType(Exception.class)
                .isThrownBy(
                        () -> new TokenServer(client("streams", "s3cret-word", allow("iam:ListUsers", "*"))).close())
                .havingRootCause()
                .withMessageContaining("fewer than 32 characters")
                .withMessageNotContaining("s3cret-word");
    }

    @Test
    void aPolicyThatIsNoneKeepsTheServerFromStarting() {
        assertThatExceptionOfType(Exception.class)
                .isThrownBy(() -> new TokenServer(client("streams", FIRST, "{\"Effect\":\"Perhaps\"}")).close())
                .havingRootCause()
                .withMessageContaining("Effect");
    }

    @Test
    void aUserOfThatNameThatIsSomebodyElseIsLeftAlone() throws IOException {
        try (TokenServer server = new TokenServer()) {
            server.iam().createUser(user -> user.userName("client-streams"));

            assertThatExceptionOfType(Exception.class)
                    .isThrownBy(() -> server.twin(client("streams", FIRST, allow("iam:ListUsers", "*")))
                            .close())
                    .havingRootCause()
                    .withMessageContaining("is somebody else");
            assertThat(server.iam()
                            .listUserPolicies(list -> list.userName("client-streams"))
                            .policyNames())
                    .isEmpty();
        }
    }

    /** Its policy is in a file, as its secret is. */
    private String[] client(String name, String secret, String statement) throws IOException {
        Path secretFile = Files.writeString(folder.resolve(name + "-" + secret.hashCode()), secret + "\n");
        Path policyFile = Files.writeString(folder.resolve("policy-" + statement.hashCode()), policy(statement));
        return new String[] {
            "--riacho.auth.clients[0].name=" + name,
            "--riacho.auth.clients[0].secret-file=" + secretFile,
            "--riacho.auth.clients[0].policy=" + policyFile
        };
    }

    private static String token(TokenServer server, String id, String secret) {
        HttpResponse<String> answer = grant(server, id, secret);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return json(answer).path("access_token").asString();
    }

    private static HttpResponse<String> grant(TokenServer server, String id, String secret) {
        return server.post(
                "/oauth2/token", form("grant_type", "client_credentials"), "Authorization", basic(id, secret));
    }

    private static int ask(TokenServer server, String token, String action) {
        return server.post("/", form("Action", action, "Version", "2010-05-08"), "Authorization", "Bearer " + token)
                .statusCode();
    }
}
