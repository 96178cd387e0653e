package io.riacho.auth.token;

import static io.riacho.auth.token.TokenServer.ACCOUNT;
import static io.riacho.auth.token.TokenServer.roleArn;
import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import io.riacho.auth.webidentity.IamProviders;
import io.riacho.auth.webidentity.OwnTokens;
import io.riacho.auth.webidentity.TestProviders;
import io.riacho.auth.webidentity.WebIdentities;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.services.sts.model.AssumeRoleWithWebIdentityResponse;

/** Tokens of an identity provider that a caller of IAM registered, and of those who pretend to be it. */
class ForeignIssuersTest {

    private static final String INVALID = "InvalidIdentityToken";
    private static final String UNREACHABLE = "IDPCommunicationError";
    private static final String DENIED = "AccessDenied";

    private static TokenServer server;

    private TestIssuer issuer;
    private String role;

    @BeforeAll
    static void startTheServer() {
        server = new TokenServer(context -> context.registerBean(
                "providersOnThisHost",
                WebIdentities.class,
                () -> TestProviders.onThisHost(
                        new IamProviders(context.getBean(JdbcClient.class), ACCOUNT),
                        context.getBean(OwnTokens.class),
                        TestIssuer.trust()),
                bean -> bean.setPrimary(true)));
    }

    @AfterAll
    static void stopTheServer() {
        server.close();
    }

    @BeforeEach
    void registerTheIssuer() {
        issuer = TestIssuer.overTls();
        register(issuer);
        role = server.newRole(trust(issuer, "{\"" + issuer.name() + ":sub\":\"ann\"}"));
    }

    @AfterEach
    void stopTheIssuer() {
        issuer.close();
    }

    private static void register(TestIssuer issuer) {
        server.iam().createOpenIDConnectProvider(r -> r.url(issuer.url()).clientIDList("app", "other-app"));
    }

    private static String trust(TestIssuer issuer, String equal) {
        return "{\"Effect\":\"Allow\",\"Principal\":{\"Federated\":\"arn:aws:iam::" + ACCOUNT + ":oidc-provider/"
                + issuer.name() + "\"},\"Action\":\"sts:AssumeRoleWithWebIdentity\",\"Condition\":{\"StringEquals\":"
                + equal + "}}";
    }

    private AssumeRoleWithWebIdentityResponse assume(String token) {
        return server.anonymousSts()
                .assumeRoleWithWebIdentity(
                        r -> r.roleArn(roleArn(role)).roleSessionName("web").webIdentityToken(token));
    }

    /** The error's code; empty where the token is taken. */
    private String answer(String token) {
        try {
            assume(token);
            return "";
        } catch (AwsServiceException e) {
            assertThat(e.statusCode()).isLessThan(500);
            return e.awsErrorDetails().errorCode();
        }
    }

    private String answer(UnaryOperator<JWTClaimsSet.Builder> change) {
        return answer(issuer.token(change));
    }

    private JWSHeader.Builder header() {
        return new JWSHeader.Builder(JWSAlgorithm.RS256).keyID(issuer.key().getKeyID());
    }

    private static Date in(Duration time) {
        return Date.from(Instant.now().plus(time));
    }

    @Test
    void aTokenOfARegisteredIssuerIsTakenWhereTheRoleTrustsIt() {
        AssumeRoleWithWebIdentityResponse assumed = assume(issuer.token());

        assertThat(assumed.subjectFromWebIdentityToken()).isEqualTo("ann");
        assertThat(assumed.audience()).isEqualTo("app");
        assertThat(assumed.provider()).isEqualTo(issuer.url());
        assertThat(server.sts(assumed.credentials()).getCallerIdentity().arn())
                .isEqualTo("arn:aws:sts::" + ACCOUNT + ":assumed-role/" + role + "/web");
    }

    @Test
    void keysAreFetchedOnceForManyTokens() {
        for (int i = 0; i < 5; i++) {
            assume(issuer.token());
        }
        assertThat(issuer.asked()).isEqualTo(2);
    }

    @Test
    void somebodyElseOfTheSameIssuerIsNotTheOneThatTheRoleTrusts() {
        assertThat(answer(claims -> claims.subject("bob"))).isEqualTo(DENIED);
        assertThat(answer(claims -> claims.subject("ANN"))).isEqualTo(DENIED);
    }

    @Test
    void aRoleThatTrustsAnotherIssuerLetsNobodyIn() {
        try (TestIssuer other = TestIssuer.overTls()) {
            register(other);
            assertThat(answer(other.token())).isEqualTo(DENIED);
            assertThat(answer(issuer.token())).isEmpty();
        }
    }

    @Test
    void anIssuerThatNobodyRegisteredIsNotAsked() {
        try (TestIssuer other = TestIssuer.overTls()) {
            assertThat(answer(other.token())).isEqualTo(INVALID);
            assertThat(other.asked()).isZero();
        }
    }

    @Test
    void anIssuerThatWasRemovedIsTrustedNoMore() {
        assertThat(answer(issuer.token())).isEmpty();
        server.iam()
                .deleteOpenIDConnectProvider(
                        r -> r.openIDConnectProviderArn("arn:aws:iam::" + ACCOUNT + ":oidc-provider/" + issuer.name()));
        assertThat(answer(issuer.token())).isEqualTo(INVALID);
    }

    @Test
    void anUnsignedTokenIsRefused() {
        for (String algorithm : new String[] {"none", "None", "NONE", ""}) {
            String header = "{\"alg\":\"" + algorithm + "\",\"kid\":\"first\"}";
            String token =
                    Base64.getUrlEncoder().withoutPadding().encodeToString(header.getBytes(StandardCharsets.UTF_8))
                            + "." + issuer.token().split("\\.")[1] + ".";
            assertThat(answer(token)).as(algorithm).isEqualTo(INVALID);
            assertThat(answer(token + issuer.token().split("\\.")[2])).isEqualTo(INVALID);
        }
    }

    @Test
    void thePublishedKeyIsNoSecretToSignWith() throws JOSEException {
        RSAKey published = issuer.key().toPublicJWK();
        byte[] der = published.toRSAPublicKey().getEncoded();
        String pem = "-----BEGIN PUBLIC KEY-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der) + "\n-----END PUBLIC KEY-----\n";
        for (byte[] secret : new byte[][] {
            der,
            pem.getBytes(StandardCharsets.UTF_8),
            published.toJSONString().getBytes(StandardCharsets.UTF_8),
            published.getModulus().decode()
        }) {
            SignedJWT jwt = new SignedJWT(
                    new JWSHeader.Builder(JWSAlgorithm.HS256).keyID("first").build(),
                    issuer.claims().build());
            jwt.sign(new MACSigner(secret));
            assertThat(answer(jwt.serialize())).isEqualTo(INVALID);
        }
    }

    @Test
    void aKeyThatTheIssuerDoesNotPublishIsNotTaken() {
        RSAKey foreign = TestIssuer.newKey("first");
        assertThat(answer(TestIssuer.signed(
                        foreign, header().build(), issuer.claims().build())))
                .isEqualTo(INVALID);
    }

    @Test
    void aTokenDoesNotBringItsKeyWithIt() {
        RSAKey foreign = TestIssuer.newKey("first");
        try (TestIssuer evil = TestIssuer.overTls()) {
            evil.publish(foreign.toPublicJWK());
            assertThat(answer(TestIssuer.signed(
                            foreign,
                            header().jwk(foreign.toPublicJWK()).build(),
                            issuer.claims().build())))
                    .isEqualTo(INVALID);
            assertThat(answer(TestIssuer.signed(
                            foreign,
                            header().jwkURL(URI.create(evil.url() + "/keys")).build(),
                            issuer.claims().build())))
                    .isEqualTo(INVALID);
            assertThat(evil.asked()).isZero();
        }
    }

    @Test
    void oneIssuerDoesNotSpeakForAnother() {
        try (TestIssuer other = TestIssuer.overTls()) {
            register(other);
            assertThat(answer(other.token(claims -> claims.issuer(issuer.url()))))
                    .isEqualTo(INVALID);
            assertThat(answer(issuer.token(claims -> claims.issuer(other.url()))))
                    .isEqualTo(INVALID);
        }
    }

    @Test
    void aTokenWithoutAnIssuerOrWithOneThatIsNoUrlIsRefused() {
        assertThat(answer(claims -> claims.issuer(null))).isEqualTo(INVALID);
        for (String iss : new String[] {
            "",
            "ann",
            issuer.name(),
            "http://" + issuer.name(),
            issuer.url() + "/",
            "https://a\u0000b",
            "https://a\ud800b",
            "https://[",
            "file:///etc/passwd",
            "HTTPS://" + issuer.name(),
            "https://" + "x".repeat(5000)
        }) {
            assertThat(answer(claims -> claims.issuer(iss))).as(iss).isEqualTo(INVALID);
        }
    }

    @Test
    void aTokenForSomebodyElseIsRefused() {
        assertThat(answer(claims -> claims.audience("stranger"))).isEqualTo(INVALID);
        assertThat(answer(claims -> claims.audience((String) null))).isEqualTo(INVALID);
        assertThat(answer(claims -> claims.audience("APP"))).isEqualTo(INVALID);
        assertThat(answer(claims -> claims.audience(java.util.List.of("stranger", "other-app"))))
                .isEmpty();
    }

    @Test
    void aTokenIsGoodWithinItsTimeOnly() {
        assertThat(answer(claims -> claims.expirationTime(in(Duration.ofSeconds(-60)))))
                .isEqualTo("ExpiredTokenException");
        assertThat(answer(claims -> claims.expirationTime(null))).isEqualTo(INVALID);
        assertThat(answer(claims -> claims.notBeforeTime(in(Duration.ofSeconds(90)))))
                .isEqualTo(INVALID);
        assertThat(answer(claims -> claims.issueTime(in(Duration.ofSeconds(90)))))
                .isEqualTo(INVALID);
        assertThat(answer(claims -> claims.notBeforeTime(in(Duration.ofSeconds(-5)))))
                .isEmpty();
    }

    @Test
    void aTokenOfNobodyIsRefused() {
        assertThat(answer(claims -> claims.subject(null))).isEqualTo(INVALID);
        assertThat(answer(claims -> claims.subject(""))).isEqualTo(INVALID);
    }

    @Test
    void whatATokenAsksForAndIsNotServedIsNotPassedOver() {
        assertThat(answer(claims -> claims.claim("https://aws.amazon.com/tags", java.util.Map.of("a", "b"))))
                .isEqualTo(INVALID);
        assertThat(answer(TestIssuer.signed(
                        issuer.key(),
                        header().criticalParams(Set.of("exp2"))
                                .customParam("exp2", 1)
                                .build(),
                        issuer.claims().build())))
                .isEqualTo(INVALID);
    }

    @Test
    void aTokenThatWasChangedIsRefused() {
        String[] good = issuer.token().split("\\.");
        String[] bobs = issuer.token(claims -> claims.subject("bob")).split("\\.");
        assertThat(answer(good[0] + "." + good[1] + "." + bobs[2])).isEqualTo(INVALID);
        assertThat(answer(bobs[0] + "." + good[1] + "." + good[2])).isEmpty();
        assertThat(answer(good[0] + "." + good[1] + "." + good[2].substring(4))).isEqualTo(INVALID);
        assertThat(answer(good[0] + "." + good[1] + ".")).isEqualTo(INVALID);
        assertThat(answer(good[0] + "." + good[1])).isEqualTo(INVALID);
        assertThat(answer("not.a.token")).isEqualTo(INVALID);
        assertThat(answer("....")).isEqualTo(INVALID);
    }

    @Test
    void anEmptyEllipticSignatureIsNone() throws JOSEException {
        issuer.publish(
                issuer.key().toPublicJWK(),
                new ECKeyGenerator(Curve.P_256).keyID("curve").generate().toPublicJWK());
        String header = "{\"alg\":\"ES256\",\"kid\":\"curve\"}";
        String unsigned =
                Base64.getUrlEncoder().withoutPadding().encodeToString(header.getBytes(StandardCharsets.UTF_8)) + "."
                        + issuer.token().split("\\.")[1] + ".";
        assertThat(answer(unsigned + Base64.getUrlEncoder().withoutPadding().encodeToString(new byte[64])))
                .isEqualTo(INVALID);
    }

    @Test
    void anAccessTokenOfAnotherTypeIsNotAnIdToken() {
        assertThat(answer(TestIssuer.signed(
                        issuer.key(),
                        header().type(new JOSEObjectType("at+jwt")).build(),
                        issuer.claims().build())))
                .isEqualTo(INVALID);
    }

    @Test
    void afterTheIssuerExchangedItsKeyTheNewOneCountsAndTheOldOneDoesNot() {
        assertThat(answer(issuer.token())).isEmpty();
        String ofTheOldKey = issuer.token();
        RSAKey next = TestIssuer.newKey("second");
        issuer.publish(next.toPublicJWK());
        issuer.signWith(next);

        assertThat(answer(issuer.token())).isEmpty();
        assertThat(answer(ofTheOldKey)).isIn(INVALID, UNREACHABLE);
    }

    @Test
    void unknownKeysMakeNobodyAskTheIssuerAgainAndAgain() {
        assertThat(answer(issuer.token())).isEmpty();
        for (int i = 0; i < 10; i++) {
            RSAKey unknown =
                    new RSAKey.Builder(issuer.key()).keyID("unknown-" + i).build();
            assertThat(answer(TestIssuer.signed(
                            unknown,
                            header().keyID(unknown.getKeyID()).build(),
                            issuer.claims().build())))
                    .isIn(INVALID, UNREACHABLE);
        }
        assertThat(issuer.asked()).isLessThanOrEqualTo(4);
        assertThat(answer(issuer.token())).isEmpty();
    }

    @Test
    void keysAreTakenFromTheIssuersOwnDocumentOnlyAndByTlsOnly() {
        try (TestIssuer evil = TestIssuer.withoutTls()) {
            evil.publish(issuer.key().toPublicJWK());
            for (String document : new String[] {
                TestIssuer.discovery("https://another.example", issuer.url() + "/keys"),
                TestIssuer.discovery(issuer.url(), evil.url() + "/keys"),
                TestIssuer.discovery(issuer.url(), "file:///etc/passwd"),
                TestIssuer.discovery(issuer.url(), "http://169.254.169.254/latest/meta-data/"),
                TestIssuer.discovery(issuer.url(), "jar:https://a.example/x.jar!/keys"),
                TestIssuer.discovery(issuer.url(), "https://user:secret@" + issuer.name() + "/keys"),
                TestIssuer.discovery(issuer.url(), "/keys"),
                TestIssuer.discovery(issuer.url(), ""),
                "{}",
                "[]",
                "null",
                "",
                "not json",
                "[".repeat(20_000)
            }) {
                issuer.publishDiscovery(document);
                assertThat(answer(issuer.token()))
                        .as(document.substring(0, Math.min(80, document.length())))
                        .isEqualTo(UNREACHABLE);
            }
            assertThat(evil.asked()).isZero();
        }
    }

    @Test
    void aTlsCertificateOfNobodyIsNotTaken() {
        try (TestIssuer plain = TestIssuer.withoutTls()) {
            String url = "https://i0.idp.example:" + plain.port();
            server.iam().createOpenIDConnectProvider(r -> r.url(url).clientIDList("app"));
            assertThat(answer(issuer.token(claims -> claims.issuer(url)))).isEqualTo(UNREACHABLE);
            assertThat(plain.asked()).isZero();
        }
        String wrongName = "https://another.name.example:" + issuer.port();
        server.iam().createOpenIDConnectProvider(r -> r.url(wrongName).clientIDList("app"));
        assertThat(answer(issuer.token(claims -> claims.issuer(wrongName)))).isEqualTo(UNREACHABLE);
        assertThat(issuer.asked()).isZero();
    }

    @Test
    void anIssuerWhoseNameEndsWithASlashIsThatIssuer() {
        String url = issuer.url() + "/realm/";
        issuer.serve(
                "/realm/.well-known/openid-configuration", () -> TestIssuer.discovery(url, issuer.url() + "/keys"));
        server.iam().createOpenIDConnectProvider(r -> r.url(url).clientIDList("app"));
        role = server.newRole("{\"Effect\":\"Allow\",\"Principal\":{\"Federated\":\"arn:aws:iam::" + ACCOUNT
                + ":oidc-provider/" + issuer.name() + "/realm/\"},\"Action\":\"sts:AssumeRoleWithWebIdentity\"}");

        assertThat(answer(issuer.token(claims -> claims.issuer(url)))).isEmpty();
        assertThat(answer(issuer.token(claims -> claims.issuer(issuer.url() + "/realm"))))
                .isEqualTo(INVALID);
    }
}
