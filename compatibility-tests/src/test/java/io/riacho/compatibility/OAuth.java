package io.riacho.compatibility;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The OAuth2 clients of one test and their tokens, got as any program gets them; the clients are deleted at its end. */
final class OAuth implements AutoCloseable {

    private static final JsonMapper JSON = new JsonMapper();

    private final String prefix =
            "compatibility-" + UUID.randomUUID().toString().substring(0, 8) + "-";
    private final Target root;
    private final RawClient raw;
    private final List<String> names = new ArrayList<>();

    OAuth(Target root) {
        this.root = root;
        this.raw = new RawClient(root);
    }

    /** A client that proves itself with a secret. */
    record Client(String id, String secret) {

        @Override
        public String toString() {
            return "Client[" + id + "]";
        }
    }

    /** A client that acts as a user or role. */
    Client client(String principalArn) {
        String name = prefix + names.size();
        names.add(name);
        RawClient.Answer answer = raw.rest(
                "POST",
                "/v1/oauth-clients",
                "riacho",
                JSON.writeValueAsString(Map.of("name", name, "principalArn", principalArn)));
        assertThat(answer.status()).as(answer.body().toString()).isEqualTo(201);
        return new Client(
                answer.at("/clientId").asString(), answer.at("/clientSecret").asString());
    }

    /** The token endpoint's answer to the grant {@code client_credentials} (RFC 6749, section 4.4). */
    JsonNode grant(Client client) {
        String credentials = URLEncoder.encode(client.id, StandardCharsets.UTF_8) + ":"
                + URLEncoder.encode(client.secret, StandardCharsets.UTF_8);
        RawClient.Answer answer = raw.send(HttpRequest.newBuilder(
                        URI.create(discovery().path("token_endpoint").asString()))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .header(
                        "Authorization",
                        "Basic " + Base64.getEncoder().encodeToString(credentials.getBytes(StandardCharsets.UTF_8)))
                .POST(HttpRequest.BodyPublishers.ofString("grant_type=client_credentials"))
                .build());
        assertThat(answer.status()).as(answer.body().toString()).isEqualTo(200);
        return answer.body();
    }

    /** An access token. */
    String token(Client client) {
        return grant(client).path("access_token").asString();
    }

    /** A role's trust policy: who has a token of this client. */
    String trust(Client client) {
        String issuer = discovery().path("issuer").asString().replaceFirst("^https?://", "");
        return Policies.trustTokens("arn:aws:iam::" + Target.ACCOUNT + ":oidc-provider/" + issuer, issuer, client.id);
    }

    @Override
    public void close() {
        names.forEach(name -> raw.rest("DELETE", "/v1/oauth-clients/" + name, "riacho", ""));
        raw.close();
    }

    private JsonNode discovery() {
        return raw.send(HttpRequest.newBuilder(
                                Endpoints.auth(root.url()).resolve("/.well-known/oauth-authorization-server"))
                        .build())
                .body();
    }
}
