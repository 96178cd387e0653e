package io.riacho.compatibility;

import static io.riacho.compatibility.Policies.allow;
import static io.riacho.compatibility.Policies.stream;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.riacho.compatibility.TestIdentities.User;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.auth.credentials.AnonymousCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.ContainerCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.SdkSystemSetting;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.kinesis.KinesisClient;
import software.amazon.awssdk.services.kinesis.model.KinesisException;
import software.amazon.awssdk.services.sts.StsClient;
import software.amazon.awssdk.services.sts.auth.StsAssumeRoleCredentialsProvider;
import software.amazon.awssdk.services.sts.auth.StsGetSessionTokenCredentialsProvider;
import software.amazon.awssdk.services.sts.auth.StsWebIdentityTokenFileCredentialsProvider;
import software.amazon.awssdk.services.sts.model.StsException;

/**
 * The Java SDK's credentials providers, from where they get their credentials to records that are put with them. A session lasts for a
 * quarter of an hour at the least, so renewal is seen with providers that think credentials stale two seconds after they got them.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class CredentialProvidersTest {

    @RegisterExtension
    private static final TestServer SERVER = TestServer.withoutLimits();

    private static final int SHORTEST_SESSION = 900;
    private static final Duration STALE = Duration.ofSeconds(SHORTEST_SESSION - 2);
    private static final Duration STALE_OF_AN_HOUR = Duration.ofHours(1).minusSeconds(2);

    @TempDir
    private static Path folder;

    private TestIdentities identities;
    private TestStreams streams;
    private OAuth oauth;
    private String clicks;
    private String orders;

    @BeforeAll
    void makeStreams() {
        identities = new TestIdentities(SERVER.target());
        streams = new TestStreams(SERVER.target());
        oauth = new OAuth(SERVER.target());
        clicks = streams.create(1);
        orders = streams.create(1);
    }

    @AfterAll
    void clean() {
        oauth.close();
        streams.close();
        identities.close();
    }

    @Test
    void anAccessKeyOfAUserIsTaken() {
        User user = identities.user(allow("kinesis:PutRecord", stream(clicks)));
        mayPutClicksOnly(StaticCredentialsProvider.create(JavaClients.credentials(user.target())));
    }

    @Test
    void credentialsOfASessionAreTaken() {
        User user = identities.user(allow("kinesis:PutRecord", stream(clicks)));
        try (StsClient sts = JavaClients.sts(user.target())) {
            var credentials = sts.getSessionToken(session -> session.durationSeconds(SHORTEST_SESSION))
                    .credentials();
            mayPutClicksOnly(StaticCredentialsProvider.create(AwsSessionCredentials.create(
                    credentials.accessKeyId(), credentials.secretAccessKey(), credentials.sessionToken())));
        }
    }

    @Test
    void aSessionOfAUserIsBegunAndRenewed() {
        User user = identities.user(allow("kinesis:PutRecord", stream(clicks)));
        try (StsClient sts = JavaClients.sts(user.target());
                var provider = StsGetSessionTokenCredentialsProvider.builder()
                        .stsClient(sts)
                        .refreshRequest(session -> session.durationSeconds(SHORTEST_SESSION))
                        .prefetchTime(STALE)
                        .staleTime(STALE)
                        .build()) {
            mayPutClicksOnly(provider);
            putsOnWhileCredentialsAreRenewed(provider);
        }
    }

    @Test
    void aRoleIsAssumedAndAssumedAgain() {
        User user = identities.user();
        String role = identities.role(Policies.trust(user.arn()), allow("kinesis:PutRecord", stream(clicks)));
        try (StsClient sts = JavaClients.sts(user.target());
                var provider = StsAssumeRoleCredentialsProvider.builder()
                        .stsClient(sts)
                        .refreshRequest(session ->
                                session.roleArn(role).roleSessionName("java").durationSeconds(SHORTEST_SESSION))
                        .prefetchTime(STALE)
                        .staleTime(STALE)
                        .build()) {
            mayPutClicksOnly(provider);
            putsOnWhileCredentialsAreRenewed(provider);
        }
    }

    @Test
    void aRoleThatIsNoLongerTrustedIsNotRenewed() {
        User user = identities.user();
        String role = identities.role(Policies.trust(user.arn()), allow("kinesis:PutRecord", stream(clicks)));
        try (StsClient sts = JavaClients.sts(user.target());
                var iam = JavaClients.iam(SERVER.target());
                var provider = StsAssumeRoleCredentialsProvider.builder()
                        .stsClient(sts)
                        .refreshRequest(session ->
                                session.roleArn(role).roleSessionName("java").durationSeconds(SHORTEST_SESSION))
                        .prefetchTime(STALE)
                        .staleTime(STALE)
                        .build()) {
            put(provider, clicks);
            iam.updateAssumeRolePolicy(update -> update.roleName(role.substring(role.lastIndexOf('/') + 1))
                    .policyDocument(Policies.trust("arn:aws:iam::" + Target.ACCOUNT + ":root")));
            Pause.until("the role is refused", () -> {
                try {
                    provider.resolveCredentials();
                    return false;
                } catch (StsException e) {
                    assertThat(e.awsErrorDetails().errorCode()).isEqualTo("AccessDenied");
                    return true;
                }
            });
        }
    }

    @Test
    void aTokenFileIsExchangedForARoleAndReadAgain() throws IOException {
        OAuth.Client client = oauth.client(identities.user().arn());
        String role = identities.role(oauth.trust(client), allow("kinesis:PutRecord", stream(clicks)));
        Path file = Files.writeString(folder.resolve("token"), oauth.token(client));
        try (StsClient sts = anonymousSts();
                var provider = StsWebIdentityTokenFileCredentialsProvider.builder()
                        .stsClient(sts)
                        .roleArn(role)
                        .roleSessionName("pod")
                        .webIdentityTokenFile(file)
                        .prefetchTime(STALE_OF_AN_HOUR)
                        .staleTime(STALE_OF_AN_HOUR)
                        .build()) {
            mayPutClicksOnly(provider);
            Files.writeString(file, oauth.token(client));
            putsOnWhileCredentialsAreRenewed(provider);
            Files.writeString(file, oauth.token(oauth.client(identities.user().arn())));
            Pause.until("the token of a stranger is refused", () -> {
                try {
                    provider.resolveCredentials();
                    return false;
                } catch (StsException e) {
                    assertThat(e.awsErrorDetails().errorCode()).isEqualTo("AccessDenied");
                    return true;
                }
            });
        }
    }

    @Test
    void aContainerGetsARoleForItsAuthorizationToken() {
        User user = identities.user();
        String role = identities.role(Policies.trust(user.arn()), allow("kinesis:PutRecord", stream(clicks)));
        OAuth.Client client = oauth.client(user.arn());
        try (var _ = new Container(credentialsUrl(role), oauth.token(client));
                var provider = ContainerCredentialsProvider.create()) {
            mayPutClicksOnly(provider);
        }
    }

    @Test
    void aContainerComesBackBeforeItsCredentialsEnd() throws IOException {
        User user = identities.user();
        String role = identities.role(Policies.trust(user.arn()), allow("kinesis:PutRecord", stream(clicks)));
        OAuth.Client client = oauth.client(user.arn());
        try (ShortLivedCredentials relay = ShortLivedCredentials.relaying(credentialsUrl(role));
                var _ = new Container(relay.url(), oauth.token(client));
                var provider = ContainerCredentialsProvider.create()) {
            mayPutClicksOnly(provider);
            putsOnWhileCredentialsAreRenewed(provider);
            assertThat(relay.relayedExpirations())
                    .as("what the server said, before it was made shorter")
                    .hasSizeGreaterThan(1)
                    .allSatisfy(expiration -> assertThat(Instant.parse(expiration))
                            .isBetween(
                                    Instant.now().plus(Duration.ofMinutes(55)),
                                    Instant.now().plus(Duration.ofMinutes(60))));
        }
    }

    @Test
    void aContainerWithAnotherTokenGetsNothing() {
        User user = identities.user();
        String role = identities.role(Policies.trust(user.arn()), allow("kinesis:*", "*"));
        OAuth.Client stranger = oauth.client(identities.user().arn());
        for (String token : new String[] {oauth.token(stranger), "nonsense", ""}) {
            try (var _ = new Container(credentialsUrl(role), token);
                    var provider = ContainerCredentialsProvider.create()) {
                assertThatThrownBy(provider::resolveCredentials).isInstanceOf(SdkException.class);
            }
        }
    }

    /** The variables that the SDK finds in a container, as system properties. */
    private record Container(String url, String token) implements AutoCloseable {

        Container {
            System.setProperty(SdkSystemSetting.AWS_CONTAINER_CREDENTIALS_FULL_URI.property(), url);
            System.setProperty(SdkSystemSetting.AWS_CONTAINER_AUTHORIZATION_TOKEN.property(), token);
        }

        @Override
        public void close() {
            System.clearProperty(SdkSystemSetting.AWS_CONTAINER_CREDENTIALS_FULL_URI.property());
            System.clearProperty(SdkSystemSetting.AWS_CONTAINER_AUTHORIZATION_TOKEN.property());
        }
    }

    private static String credentialsUrl(String role) {
        return Endpoints.auth(SERVER.target().url())
                .resolve("/v1/credentials/" + role.substring(role.lastIndexOf('/') + 1))
                .toString();
    }

    private static StsClient anonymousSts() {
        return StsClient.builder()
                .endpointOverride(Endpoints.auth(SERVER.target().url()))
                .region(Region.of(Target.REGION))
                .httpClient(UrlConnectionHttpClient.create())
                .credentialsProvider(AnonymousCredentialsProvider.create())
                .build();
    }

    private void mayPutClicksOnly(AwsCredentialsProvider credentials) {
        put(credentials, clicks);
        assertThatThrownBy(() -> put(credentials, orders))
                .isInstanceOfSatisfying(
                        KinesisException.class,
                        denied ->
                                assertThat(denied.awsErrorDetails().errorCode()).isEqualTo("AccessDeniedException"));
    }

    /** One client, which is not told that its credentials change. */
    private void putsOnWhileCredentialsAreRenewed(AwsCredentialsProvider credentials) {
        String first = credentials.resolveCredentials().accessKeyId();
        try (KinesisClient client = JavaClients.urlConnection(SERVER.target(), credentials)) {
            Pause.until("the credentials are others", () -> {
                put(client, clicks);
                return !credentials.resolveCredentials().accessKeyId().equals(first);
            });
            put(client, clicks);
        }
    }

    private static void put(AwsCredentialsProvider credentials, String stream) {
        try (KinesisClient client = JavaClients.urlConnection(SERVER.target(), credentials)) {
            put(client, stream);
        }
    }

    private static void put(KinesisClient client, String stream) {
        assertThat(client.putRecord(put ->
                                put.streamName(stream).partitionKey("key").data(SdkBytes.fromUtf8String("text")))
                        .sequenceNumber())
                .isNotEmpty();
    }
}
