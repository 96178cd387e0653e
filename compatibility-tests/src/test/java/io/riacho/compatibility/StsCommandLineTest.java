package io.riacho.compatibility;

import static io.riacho.compatibility.Policies.allow;
import static io.riacho.compatibility.Policies.stream;
import static org.assertj.core.api.Assertions.assertThat;

import io.riacho.compatibility.TestIdentities.User;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.RegisterExtension;
import tools.jackson.databind.JsonNode;

/** {@code aws sts …}, and what its credentials are good for. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class StsCommandLineTest {

    @RegisterExtension
    private static final TestServer SERVER = TestServer.withoutLimits();

    private TestIdentities identities;
    private TestStreams streams;
    private OAuth oauth;
    private CommandLine aws;
    private String clicks;
    private String orders;

    @BeforeAll
    void startTheCommandLine() {
        aws = CommandLine.started(SERVER.target());
        identities = new TestIdentities(SERVER.target());
        streams = new TestStreams(SERVER.target());
        oauth = new OAuth(SERVER.target());
        clicks = streams.create(1);
        orders = streams.create(1);
    }

    @AfterAll
    void stopTheCommandLine() {
        if (aws != null) {
            oauth.close();
            identities.close();
            streams.close();
            aws.close();
        }
    }

    @Test
    void everybodyIsToldWhoTheyAre() {
        JsonNode root = aws.run("sts", "get-caller-identity");
        assertThat(root.path("Arn").asString()).isEqualTo("arn:aws:iam::" + Target.ACCOUNT + ":root");
        assertThat(root.path("Account").asString()).isEqualTo(Target.ACCOUNT);
        User user = identities.user();
        JsonNode identity = aws.as(user.target()).run("sts", "get-caller-identity");
        assertThat(identity.path("Arn").asString()).isEqualTo(user.arn());
        assertThat(identity.path("UserId").asString()).startsWith("AIDA");
    }

    @Test
    void nobodyIsToldToStrangers() {
        User user = identities.user();
        assertThat(aws.as(user.target().withSecretAccessKey("wrong")).refusal("sts", "get-caller-identity"))
                .contains("(SignatureDoesNotMatch)");
        assertThat(aws.as(user.target().withAccessKeyId("AKIA2222222222222222")).refusal("sts", "get-caller-identity"))
                .contains("(InvalidClientTokenId)");
    }

    @Test
    void anAssumedRoleMayDoWhatItsPoliciesSay() {
        User user = identities.user();
        String role = identities.role(Policies.trust(user.arn()), allow("kinesis:PutRecord", stream(clicks)));
        JsonNode answer =
                aws.as(user.target()).run("sts", "assume-role", "--role-arn", role, "--role-session-name", "shift");
        String arn = "arn:aws:sts::" + Target.ACCOUNT + ":assumed-role/" + nameOf(role) + "/shift";
        assertThat(answer.path("AssumedRoleUser").path("Arn").asString()).isEqualTo(arn);
        Target session = aws.session(answer);
        assertThat(session.accessKeyId()).startsWith("ASIA");
        assertThat(aws.as(session).run("sts", "get-caller-identity").path("Arn").asString())
                .isEqualTo(arn);
        aws.putAs(session, clicks);
        assertThat(aws.refusedPutAs(session, orders)).contains("User: " + arn + " is not authorized to perform");
    }

    @Test
    void aSessionLastsAsLongAsWasAskedFor() {
        User user = identities.user();
        String role = identities.role(Policies.trust(user.arn()), allow("kinesis:*", "*"));
        CommandLine asUser = aws.as(user.target());
        assertThat(expiration(asUser.run(
                        "sts",
                        "assume-role",
                        "--role-arn",
                        role,
                        "--role-session-name",
                        "short",
                        "--duration-seconds",
                        "900")))
                .isBetween(Instant.now().plusSeconds(840), Instant.now().plusSeconds(900));
        assertThat(asUser.refusal(
                        "sts",
                        "assume-role",
                        "--role-arn",
                        role,
                        "--role-session-name",
                        "long",
                        "--duration-seconds",
                        String.valueOf(Duration.ofHours(2).toSeconds())))
                .contains("(ValidationError)", "MaxSessionDuration");
    }

    @Test
    void aSessionPolicyTakesAwayAndNeverGives() {
        User user = identities.user();
        String role = identities.role(Policies.trust(user.arn()), allow("kinesis:PutRecord", stream(clicks)));
        CommandLine asUser = aws.as(user.target());
        Target narrowed = aws.session(asUser.run(
                "sts",
                "assume-role",
                "--role-arn",
                role,
                "--role-session-name",
                "narrow",
                "--policy",
                allow("kinesis:PutRecord", stream(orders))));
        assertThat(aws.refusedPutAs(narrowed, clicks)).contains("because no session policy allows");
        assertThat(aws.refusedPutAs(narrowed, orders)).contains("because no identity-based policy allows");
        aws.putAs(
                aws.session(asUser.run(
                        "sts",
                        "assume-role",
                        "--role-arn",
                        role,
                        "--role-session-name",
                        "wide",
                        "--policy",
                        allow("*", "*"))),
                clicks);
    }

    @Test
    void sessionTagsDecideInConditionsAndTransitiveOnesStayOn() {
        User user = identities.user();
        String teamOnly =
                "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Action\":[\"kinesis:*\",\"sts:*\"],"
                        + "\"Resource\":\"*\",\"Condition\":{\"StringEquals\":{\"aws:PrincipalTag/team\":\"red\"}}}]}";
        String role = identities.role(Policies.trust(user.arn()), teamOnly);
        String next = identities.role(Policies.trust(role), teamOnly);
        CommandLine asUser = aws.as(user.target());
        assertThat(aws.refusedPutAs(
                        aws.session(asUser.run(
                                "sts", "assume-role", "--role-arn", role, "--role-session-name", "untagged")),
                        clicks))
                .contains("(AccessDeniedException)");
        Target tagged = aws.session(asUser.run(
                "sts",
                "assume-role",
                "--role-arn",
                role,
                "--role-session-name",
                "tagged",
                "--tags",
                "Key=team,Value=red",
                "--transitive-tag-keys",
                "team"));
        aws.putAs(tagged, clicks);
        Target chained = aws.session(
                aws.as(tagged).run("sts", "assume-role", "--role-arn", next, "--role-session-name", "chained"));
        aws.putAs(chained, clicks);
    }

    @Test
    void aRoleThatDoesNotTrustIsNotAssumed() {
        User trusted = identities.user();
        User other = identities.user(allow("sts:*", "*"));
        String role = identities.role(Policies.trust(trusted.arn()), allow("kinesis:*", "*"));
        assertThat(aws.as(other.target())
                        .refusal("sts", "assume-role", "--role-arn", role, "--role-session-name", "intruder"))
                .contains("(AccessDenied)", "is not authorized to perform: sts:AssumeRole on resource: " + role);
        assertThat(aws.as(other.target())
                        .refusal(
                                "sts",
                                "assume-role",
                                "--role-arn",
                                role + "-missing",
                                "--role-session-name",
                                "intruder"))
                .contains("(AccessDenied)");
    }

    @Test
    void aTokenOfTheOwnOAuth2ServerIsExchangedForARoleWithoutASignature() {
        User owner = identities.user();
        OAuth.Client client = oauth.client(owner.arn());
        String role = identities.role(oauth.trust(client), allow("kinesis:PutRecord", stream(clicks)));
        CommandLine anybody = aws.as(SERVER.target().as("", "", null));
        JsonNode answer = anybody.run(
                "sts",
                "assume-role-with-web-identity",
                "--role-arn",
                role,
                "--role-session-name",
                "web",
                "--web-identity-token",
                oauth.token(client));
        assertThat(answer.path("SubjectFromWebIdentityToken").asString()).isEqualTo(client.id());
        aws.putAs(aws.session(answer), clicks);
        assertThat(aws.refusedPutAs(aws.session(answer), orders)).contains("(AccessDeniedException)");
    }

    @Test
    void aTokenOfAnotherClientAndOneThatWasTamperedWithAreRefused() {
        OAuth.Client client = oauth.client(identities.user().arn());
        OAuth.Client other = oauth.client(identities.user().arn());
        String role = identities.role(oauth.trust(client), allow("kinesis:*", "*"));
        CommandLine anybody = aws.as(SERVER.target().as("", "", null));
        assertThat(anybody.refusal(
                        "sts",
                        "assume-role-with-web-identity",
                        "--role-arn",
                        role,
                        "--role-session-name",
                        "web",
                        "--web-identity-token",
                        oauth.token(other)))
                .contains("(AccessDenied)");
        String token = oauth.token(client);
        int middle = token.length() / 2;
        String tampered =
                token.substring(0, middle) + (token.charAt(middle) == 'A' ? 'B' : 'A') + token.substring(middle + 1);
        assertThat(anybody.refusal(
                        "sts",
                        "assume-role-with-web-identity",
                        "--role-arn",
                        role,
                        "--role-session-name",
                        "web",
                        "--web-identity-token",
                        tampered))
                .contains("(InvalidIdentityToken)");
    }

    @Test
    void aSessionTokenOfAUserMayDoWhatTheUserMayExceptInIam() {
        User user = identities.user(allow("*", "*"));
        Target session =
                aws.session(aws.as(user.target()).run("sts", "get-session-token", "--duration-seconds", "900"));
        assertThat(aws.as(session).run("sts", "get-caller-identity").path("Arn").asString())
                .isEqualTo(user.arn());
        aws.putAs(session, clicks);
        assertThat(aws.as(session).refusal("iam", "list-users")).contains("(InvalidClientTokenId)");
    }

    @Test
    void temporaryCredentialsAreNothingWithoutTheirTokenOrWithAnothers() {
        User user = identities.user(allow("kinesis:*", "*"));
        CommandLine asUser = aws.as(user.target());
        Target one = aws.session(asUser.run("sts", "get-session-token"));
        Target another = aws.session(asUser.run("sts", "get-session-token"));
        assertThat(aws.refusedPutAs(SERVER.target().as(one.accessKeyId(), one.secretAccessKey(), null), clicks))
                .contains("(UnrecognizedClientException)");
        assertThat(aws.refusedPutAs(
                        SERVER.target().as(one.accessKeyId(), one.secretAccessKey(), another.sessionToken()), clicks))
                .contains("security token included in the request is invalid");
    }

    @Test
    void aUserThatIsDeletedTakesItsSessionsAlong() {
        String name = identities.name("user");
        aws.run("iam", "create-user", "--user-name", name);
        aws.run(
                "iam",
                "put-user-policy",
                "--user-name",
                name,
                "--policy-name",
                "all",
                "--policy-document",
                allow("kinesis:*", "*"));
        Target key = identities.key(name);
        Target session = aws.session(aws.as(key).run("sts", "get-session-token"));
        aws.putAs(session, clicks);
        aws.run("iam", "delete-access-key", "--user-name", name, "--access-key-id", key.accessKeyId());
        aws.run("iam", "delete-user-policy", "--user-name", name, "--policy-name", "all");
        aws.run("iam", "delete-user", "--user-name", name);
        assertThat(aws.refusedPutAs(session, clicks)).contains("security token included in the request is invalid");
    }

    private static Instant expiration(JsonNode answer) {
        return OffsetDateTime.parse(
                        answer.path("Credentials").path("Expiration").asString())
                .toInstant();
    }

    private static String nameOf(String arn) {
        return arn.substring(arn.lastIndexOf('/') + 1);
    }
}
