package io.riacho.auth.token;

import static io.riacho.auth.token.TokenServer.ACCOUNT;
import static io.riacho.auth.token.TokenServer.roleArn;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.SocketTimeoutException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.awscore.exception.AwsServiceException;

/** The operator's own provider may be inside; what callers register, and what any provider points to, may not. */
class ConfiguredIssuersTest {

    private static final String UNREACHABLE = "IDPCommunicationError";

    private static TestIssuer issuer;
    private static TestIssuer pointing;
    private static TokenServer server;

    @BeforeAll
    static void start() {
        issuer = TestIssuer.withoutTls();
        pointing = TestIssuer.withoutTls();
        server = new TokenServer(
                "--riacho.auth.oidc-issuers[0].issuer=" + issuer.url(),
                "--riacho.auth.oidc-issuers[0].audiences=app",
                "--riacho.auth.oidc-issuers[1].issuer=" + pointing.url(),
                "--riacho.auth.oidc-issuers[1].audiences=app");
    }

    @AfterAll
    static void stop() {
        server.close();
        issuer.close();
        pointing.close();
    }

    private static String answer(String token) {
        String role = server.newRole("{\"Effect\":\"Allow\",\"Principal\":{\"Federated\":\"arn:aws:iam::" + ACCOUNT
                + ":oidc-provider/" + issuer.name() + "\"},\"Action\":\"sts:AssumeRoleWithWebIdentity\"}");
        try {
            server.anonymousSts()
                    .assumeRoleWithWebIdentity(
                            r -> r.roleArn(roleArn(role)).roleSessionName("web").webIdentityToken(token));
            return "";
        } catch (AwsServiceException e) {
            return e.awsErrorDetails().errorCode();
        }
    }

    @Test
    void theOperatorsIssuerMayBeInsideAndGoWithoutTls() {
        assertThat(answer(issuer.token())).isEmpty();
        assertThat(answer(issuer.token(claims -> claims.audience("stranger")))).isEqualTo("InvalidIdentityToken");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://localhost:%d/keys",
                "https://localhost:%d/keys",
                "http://[::1]:%d/keys",
                "https://[::ffff:127.0.0.1]:%d/keys",
                "https://127.0.0.2:%d/keys",
                "http://169.254.169.254/latest/meta-data/iam/",
                "file:///etc/passwd"
            })
    void notEvenTheOperatorsIssuerLeadsToOtherHostsInside(String keys) {
        int before = issuer.asked();
        pointing.publishDiscovery(TestIssuer.discovery(pointing.url(), keys.formatted(issuer.port())));
        assertThat(answer(pointing.token())).isEqualTo(UNREACHABLE);
        assertThat(issuer.asked()).isEqualTo(before);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "127.0.0.1",
                "localhost",
                "[::1]",
                "[::ffff:127.0.0.1]",
                "[::ffff:7f00:1]",
                "127.0.0.2",
                "0.0.0.0"
            })
    void anIssuerThatACallerRegisteredIsNotLookedForInside(String host) throws IOException {
        try (ServerSocket inside = new ServerSocket(0)) {
            inside.setSoTimeout(1);
            String url = "https://" + host + ":" + inside.getLocalPort();
            server.iam().createOpenIDConnectProvider(r -> r.url(url).clientIDList("app"));

            assertThat(answer(issuer.token(claims -> claims.issuer(url)))).isEqualTo(UNREACHABLE);

            assertThatExceptionOfType(SocketTimeoutException.class).isThrownBy(inside::accept);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://169.254.169.254",
                "https://10.0.0.1",
                "https://192.168.0.1",
                "https://[fd00:ec2::254]",
                "https://[64:ff9b::a9fe:a9fe]"
            })
    void norInTheNetworksNextToThisHost(String url) {
        server.iam().createOpenIDConnectProvider(r -> r.url(url).clientIDList("app"));
        assertThat(answer(issuer.token(claims -> claims.issuer(url)))).isEqualTo(UNREACHABLE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://idp.example.com",
                "file:///etc/passwd",
                "ftp://idp.example.com",
                "https://user:secret@idp.example.com",
                "https://idp.example.com/?a=b",
                "https://idp.example.com/#a",
                "https://",
                "https:///x",
                "HTTPS://idp.example.com",
                "//idp.example.com",
                "idp.example.com"
            })
    void aUrlThatIsNotAnIssuersIsNotRegistered(String url) {
        assertThatExceptionOfType(AwsServiceException.class)
                .isThrownBy(() ->
                        server.iam().createOpenIDConnectProvider(r -> r.url(url).clientIDList("app")))
                .matches(e -> e.awsErrorDetails().errorCode().equals("ValidationError"));
    }

    @Test
    void theServersOwnIssuerCannotBeTakenOver() {
        server.iam().createOpenIDConnectProvider(r -> r.url(TokenServer.ISSUER).clientIDList("app"));
        assertThat(answer(issuer.token(claims -> claims.issuer(TokenServer.ISSUER))))
                .isEqualTo("InvalidIdentityToken");
    }
}
