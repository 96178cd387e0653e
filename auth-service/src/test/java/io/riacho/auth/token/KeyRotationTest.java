package io.riacho.auth.token;

import static io.riacho.auth.token.TokenServer.basic;
import static io.riacho.auth.token.TokenServer.json;
import static io.riacho.auth.token.TokenServer.newName;
import static io.riacho.auth.token.TokenServer.userArn;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.nimbusds.jwt.SignedJWT;
import io.riacho.protocol.SigningKeys;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.text.ParseException;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.services.iam.model.StatusType;
import software.amazon.awssdk.services.sts.model.Credentials;
import software.amazon.awssdk.services.sts.model.StsException;
import tools.jackson.databind.JsonNode;

/** Keys grow old in the database; a twin of the server is the server after that time. */
class KeyRotationTest {

    private static void ageKeys(TokenServer server, String time) {
        try (var connection = DriverManager.getConnection(
                        server.database().url(),
                        server.database().user(),
                        server.database().password());
                PreparedStatement statement = connection.prepareStatement(
                        "update auth.rotating_key set created_at = created_at - ?::interval")) {
            statement.setString(1, time);
            statement.executeUpdate();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static List<String> publishedKeys(TokenServer server) {
        List<String> ids = new ArrayList<>();
        json(server.get("/oauth2/jwks"))
                .path("keys")
                .forEach(key -> ids.add(key.path("kid").asString()));
        return ids;
    }

    private static String keyOf(String token) {
        try {
            return SignedJWT.parse(token).getHeader().getKeyID();
        } catch (ParseException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String token(TokenServer server, JsonNode client) {
        return json(server.post(
                        "/oauth2/token",
                        "grant_type=client_credentials",
                        "Authorization",
                        basic(
                                client.path("clientId").asString(),
                                client.path("clientSecret").asString())))
                .path("access_token")
                .asString();
    }

    private static void assertNotTaken(TokenServer server, Credentials session) {
        assertThatExceptionOfType(StsException.class)
                .isThrownBy(() -> server.sts(session).getCallerIdentity())
                .matches(e -> e.awsErrorDetails().errorCode().equals("InvalidClientTokenId"));
    }

    @Test
    void oldTokensAreTakenUntilTheirKeyIsRetiredAndNewOnesAreOfTheNewKey() {
        String user;
        JsonNode client;
        String oldToken;
        String oldKey;
        Credentials oldSession;
        AwsCredentials accessKey;
        try (TokenServer first = new TokenServer()) {
            user = first.newUser();
            accessKey = first.keyOf(user);
            client = json(first.rest(
                    "POST",
                    "/v1/oauth-clients",
                    "{\"name\":\"" + newName("client") + "\",\"principalArn\":\"" + userArn(user) + "\"}"));
            oldToken = token(first, client);
            oldKey = keyOf(oldToken);
            oldSession = first.sts(accessKey).getSessionToken().credentials();
            assertThat(publishedKeys(first)).containsExactly(oldKey);

            ageKeys(first, "31 days");
            try (TokenServer second = first.twin()) {
                assertThat(publishedKeys(second)).hasSize(2).contains(oldKey);
                assertThat(keyOf(token(second, client))).isEqualTo(oldKey);
                assertThat(second.whoIs(oldToken)).isEqualTo(userArn(user));
                assertThat(second.sts(oldSession).getCallerIdentity().arn()).isEqualTo(userArn(user));

                ageKeys(first, "3 minutes");
                String newToken;
                Credentials newSession;
                try (TokenServer third = first.twin()) {
                    newToken = token(third, client);
                    assertThat(keyOf(newToken)).isNotEqualTo(oldKey);
                    assertThat(publishedKeys(third)).containsExactly(keyOf(newToken), oldKey);
                    assertThat(third.whoIs(oldToken)).isEqualTo(userArn(user));
                    assertThat(third.whoIs(newToken)).isEqualTo(userArn(user));
                    newSession = third.sts(accessKey).getSessionToken().credentials();
                    assertThat(third.sts(oldSession).getCallerIdentity().arn()).isEqualTo(userArn(user));
                }
                assertThat(second.whoIs(newToken)).isEqualTo(userArn(user));
                assertThat(second.sts(newSession).getCallerIdentity().arn()).isEqualTo(userArn(user));

                ageKeys(first, "49 hours");
                try (TokenServer last = first.twin()) {
                    assertThat(publishedKeys(last)).containsExactly(keyOf(newToken));
                    assertThat(last.whoIs(oldToken)).isEqualTo("403");
                    assertThat(last.whoIs(newToken)).isEqualTo(userArn(user));
                    assertNotTaken(last, oldSession);
                    assertThat(last.sts(newSession).getCallerIdentity().arn()).isEqualTo(userArn(user));
                }
            }
        }
    }

    @Test
    void eachDayAndRegionAndServiceHasAnotherKeyAndAnAccessKeysEndEndsThemAll() {
        TokenServer server = TokenServer.shared();
        String user = server.newUser();
        AwsCredentials key = server.keyOf(user);
        SigningKeys keys = server.bean(SigningKeys.class);
        LocalDate today = LocalDate.now(ZoneOffset.UTC);

        List<String> derived = new ArrayList<>();
        for (LocalDate date : List.of(today, today.minusDays(1), today.plusDays(1))) {
            for (String region : List.of("us-east-1", "eu-central-1")) {
                for (String service : List.of("kinesis", "iam")) {
                    derived.add(java.util.HexFormat.of()
                            .formatHex(keys.find(key.accessKeyId(), null, date, region, service)
                                    .orElseThrow()
                                    .key()
                                    .bytes()));
                }
            }
        }
        assertThat(derived).doesNotHaveDuplicates();

        AwsCredentials next = server.keyOf(user);
        server.iam()
                .updateAccessKey(
                        r -> r.userName(user).accessKeyId(key.accessKeyId()).status(StatusType.INACTIVE));
        assertThat(keys.find(key.accessKeyId(), null, today, "us-east-1", "kinesis"))
                .isEmpty();
        assertThat(keys.find(key.accessKeyId(), null, today.minusDays(1), "us-east-1", "kinesis"))
                .isEmpty();
        assertThat(keys.find(next.accessKeyId(), null, today, "us-east-1", "kinesis"))
                .isPresent();
    }
}
