package io.riacho.protocol.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Query requests byte by byte. The timeout only makes a failure of a test that would wait for ever. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class QueryRequestsTest {

    private static final String HOST = "Host: 127.0.0.1\n";
    private static final String FORM = "Content-Type: application/x-www-form-urlencoded\n";
    private static final String WHO = "Action=GetCallerIdentity&Version=2011-06-15";
    private static final String WEB_IDENTITY = "Action=AssumeRoleWithWebIdentity&Version=2011-06-15" + "&RoleArn="
            + ToyIdentity.ROLE + "&RoleSessionName=session&WebIdentityToken=";
    private static final String STS = "https://sts.amazonaws.com/doc/2011-06-15/";
    private static final String IAM = "https://iam.amazonaws.com/doc/2010-05-08/";
    private static final String NO_API = "http://webservices.amazon.com/AWSFault/2005-15-09";

    private static ToyIdentity toy;
    private static SignedForm iam;
    private static SignedForm sts;

    @BeforeAll
    static void start() {
        toy = new ToyIdentity();
        iam = new SignedForm(toy.port(), "iam", "us-east-1");
        sts = new SignedForm(toy.port(), "sts", ToyIdentity.REGION);
    }

    @AfterAll
    static void stop() {
        toy.close();
    }

    @Test
    void anAnswerIsXmlAndCarriesItsId() throws IOException {
        RawAnswer answer = exchange(sts.post(WHO));

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("content-type")).startsWith("text/xml");
        assertThat(answer.body())
                .isEqualTo("<GetCallerIdentityResponse xmlns=\"" + STS + "\"><GetCallerIdentityResult>"
                        + "<UserId>000000000000</UserId><Account>000000000000</Account>"
                        + "<Arn>arn:aws:iam::000000000000:root</Arn></GetCallerIdentityResult><ResponseMetadata>"
                        + "<RequestId>" + answer.header("x-amzn-requestid")
                        + "</RequestId></ResponseMetadata></GetCallerIdentityResponse>");
    }

    @Test
    void aGetMayAskToo() throws IOException {
        assertThat(exchange(sts.get(WHO)).body()).contains("<Account>000000000000</Account>");
    }

    @Test
    void aPresignedGetMayAskToo() throws IOException {
        RawAnswer answer = exchange("GET " + sts.presigned(WHO) + " HTTP/1.1\nHost: 127.0.0.1:" + toy.port() + "\n\n");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body()).contains("<Account>000000000000</Account>");
    }

    @Test
    void aPresignedGetCannotBeChanged() throws IOException {
        String path = sts.presigned(WHO).replace("GetCallerIdentity", "GetSessionToken");

        error(exchange("GET " + path + " HTTP/1.1\nHost: 127.0.0.1:" + toy.port() + "\n\n"), 403, STS)
                .contains("<Code>SignatureDoesNotMatch</Code>");
    }

    @ParameterizedTest
    @CsvSource({"us-east-1, 200", "aws-global, 200", "eu-central-1, 200", "us-west-2, 403"})
    void aGlobalServiceIsSignedForItsRegionOrTheServers(String region, int status) throws IOException {
        assertThat(exchange(new SignedForm(toy.port(), "iam", region).post("Action=GetUser&Version=2010-05-08"))
                        .status())
                .isEqualTo(status);
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "Action=NoSuchAction&Version=2011-06-15, Could not find operation NoSuchAction for version 2011-06-15",
                "Action=GetCallerIdentity,               Could not find operation GetCallerIdentity for version NO_VERSION_SPECIFIED",
                "Action=GetCallerIdentity&Version=,      Could not find operation GetCallerIdentity for version",
                "Action=GetCallerIdentity&Version=2000-01-01, Could not find operation GetCallerIdentity for version 2000-01-01",
                "Action=&Version=2011-06-15,             Could not find operation  for version 2011-06-15",
                "Action=GetUser&Version=2010-05-08,      Could not find operation GetUser for version 2010-05-08",
                "Action=%3Cb%3E&Version=1,               Could not find operation &lt;b&gt; for version 1",
            })
    void anUnknownActionIsRefusedByName(String form, String message) throws IOException {
        error(exchange(sts.post(form)), 400, STS)
                .contains("<Type>Sender</Type><Code>InvalidAction</Code><Message>" + message);
    }

    @Test
    void aMissingActionIsTold() throws IOException {
        error(exchange(sts.post("Version=2011-06-15")), 400, STS).contains("<Code>MissingAction</Code>");
    }

    @Test
    void anOperationThatNobodyServesIsRefusedByName() throws IOException {
        error(exchange(sts.post("Action=GetSessionToken&Version=2011-06-15")), 400, STS)
                .contains("<Code>InvalidAction</Code>"
                        + "<Message>The operation GetSessionToken is not implemented by this server.</Message>");
    }

    @Test
    void aWrongSignatureIsRefused() throws IOException {
        error(exchange(sts.post(WHO).replace(WHO, WHO.replace("Get", "get"))), 403, STS)
                .contains("<Code>SignatureDoesNotMatch</Code><Message>The request signature we calculated does not");
    }

    @Test
    void anUnknownKeyIsRefused() throws IOException {
        error(exchange(sts.post(WHO).replace(ToyKinesis.ACCESS_KEY, "AKIDOTHER")), 403, STS)
                .contains("<Code>InvalidClientTokenId</Code>"
                        + "<Message>The security token included in the request is invalid.</Message>");
    }

    @Test
    void aMalformedSignatureIsIncomplete() throws IOException {
        error(
                        exchange("POST / HTTP/1.1\n" + HOST + FORM
                                + "Authorization: AWS4-HMAC-SHA256 x\nContent-Length: 0\n\n"),
                        400,
                        NO_API)
                .contains("<Code>IncompleteSignature</Code>");
    }

    @Test
    void aCredentialForNoServiceIsRefused() throws IOException {
        RawAnswer answer = exchange(sts.post(WHO).replace("/sts/aws4_request", "//aws4_request"));

        assertThat(answer.status()).isEqualTo(403);
        assertThat(answer.body()).contains("<Code>SignatureDoesNotMatch</Code>");
    }

    @Test
    void aSignatureForAServiceOfAnotherProtocolIsRefused() throws IOException {
        error(
                        exchange(new SignedForm(toy.port(), "kinesis", ToyIdentity.REGION)
                                .post("Action=ListStreams&Version=2013-12-02")),
                        403,
                        NO_API)
                .contains("<Code>SignatureDoesNotMatch</Code><Message>Credential should be scoped to correct service");
    }

    @Test
    void anActionOfAnotherServiceIsNotReachedByTheOnesSignature() throws IOException {
        error(exchange(sts.post("Action=DeleteUser&Version=2010-05-08&UserName=u")), 400, STS)
                .contains("<Code>InvalidAction</Code>");
    }

    @Test
    void aQueryApiIsNotCalledByTarget() throws IOException {
        RawAnswer answer = exchange("POST / HTTP/1.1\n" + HOST
                + "X-Amz-Target: AWSSecurityTokenServiceV20110615.GetCallerIdentity\n"
                + "Content-Type: application/x-amz-json-1.1\nContent-Length: 2\n\n{}");

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.body()).isEqualTo("{\"__type\":\"UnknownOperationException\"}");
    }

    @Test
    void aFormWithATargetIsNoQuery() throws IOException {
        RawAnswer answer = exchange("POST / HTTP/1.1\n" + HOST + FORM
                + "X-Amz-Target: Kinesis_20131202.ListStreams\nContent-Length: 0\n\n");

        assertThat(answer.status()).isEqualTo(404);
    }

    @Test
    void aBearerTokenIsGoodForAllServices() throws IOException {
        String bearer = "POST / HTTP/1.1\n" + HOST + FORM + "Authorization: Bearer ";

        assertThat(exchange(bearer + ToyIdentity.TOKEN + "\nContent-Length: " + WHO.length() + "\n\n" + WHO)
                        .body())
                .contains("<Arn>arn:aws:iam::000000000000:user/b</Arn>");
        error(exchange(bearer + "other\nContent-Length: " + WHO.length() + "\n\n" + WHO), 403, NO_API)
                .contains("<Code>InvalidClientTokenId</Code>");
    }

    @Test
    void whoMayNotIsDenied() throws IOException {
        String form = "Action=DeleteUser&Version=2010-05-08&UserName=u";

        error(
                        exchange("POST / HTTP/1.1\n" + HOST + FORM + "Authorization: Bearer " + ToyIdentity.TOKEN
                                + "\nContent-Length: " + form.length() + "\n\n" + form),
                        403,
                        IAM)
                .contains(
                        "<Code>AccessDenied</Code>"
                                + "<Message>User: arn:aws:iam::000000000000:user/b is not authorized to perform: iam:DeleteUser");
    }

    @Test
    void anOperationThatNeedsNoSignatureIsAnonymous() throws IOException {
        RawAnswer answer = exchange(unsigned(WEB_IDENTITY + "token"));

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body()).contains("<SubjectFromWebIdentityToken>anonymous</SubjectFromWebIdentityToken>");
    }

    @Test
    void anOperationThatNeedsNoSignatureMayBeAGet() throws IOException {
        assertThat(exchange("GET /?" + WEB_IDENTITY + "token HTTP/1.1\n" + HOST + "\n")
                        .status())
                .isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {WHO, "Action=DeleteUser&Version=2010-05-08&UserName=u"})
    void anyOtherOperationNeedsOne(String form) throws IOException {
        for (String request : new String[] {unsigned(form), "GET /?" + form + " HTTP/1.1\n" + HOST + "\n"}) {
            RawAnswer answer = exchange(request);

            assertThat(answer.status()).isEqualTo(403);
            assertThat(answer.body())
                    .contains("<Code>MissingAuthenticationToken</Code>"
                            + "<Message>Request is missing Authentication Token</Message>");
        }
    }

    @Test
    void aStrangersBodyIsSmall() throws IOException {
        error(exchange("POST / HTTP/1.1\n" + HOST + FORM + "Content-Length: 65537\n\n"), 413, NO_API)
                .contains("<Code>RequestEntityTooLarge</Code>");
        error(
                        exchange("POST / HTTP/1.1\n" + HOST + FORM + "Transfer-Encoding: chunked\n\n10001\n"
                                + "x".repeat(0x10001) + "\n0\n\n"),
                        413,
                        NO_API)
                .contains("<Code>RequestEntityTooLarge</Code>");
    }

    @Test
    void aFalselySignedBodyIsNotWaitedFor() throws IOException {
        try (RawHttp http = new RawHttp(toy.port())) {
            String head = sts.post(WHO).replace(ToyKinesis.ACCESS_KEY, "AKIDOTHER");
            http.send(head.substring(0, head.length() - WHO.length()));
            // The answer comes though the body does not.
            assertThat(http.answer().body()).contains("InvalidClientTokenId");
        }
    }

    @Test
    void aFormHasAMegabyteAtMost() throws IOException {
        assertThat(exchange(sts.post(WHO + "&x=" + "y".repeat(1024 * 1024 - WHO.length() - 3)))
                        .status())
                .isEqualTo(200);
        error(exchange(sts.post(WHO + "&x=" + "y".repeat(1024 * 1024))), 413, STS)
                .contains("<Code>RequestEntityTooLarge</Code>");
    }

    @Test
    void aModeledErrorHasItsCodeAndStatus() throws IOException {
        error(exchange(iam.post("Action=CreateUser&Version=2010-05-08&UserName=taken")), 409, IAM)
                .contains("<Type>Sender</Type><Code>EntityAlreadyExists</Code><Message>User taken already exists.");
    }

    @Test
    void aSessionThatExpiredIsTold() throws IOException {
        error(exchange(sts.post(WHO).replace("\nHost:", "\nX-Amz-Security-Token: old-session\nHost:")), 403, STS)
                .contains("<Code>ExpiredToken</Code>"
                        + "<Message>The security token included in the request is expired</Message>");
    }

    @Test
    void aTokenThatExpiredIsNoSessionThatExpired() throws IOException {
        error(exchange(unsigned(WEB_IDENTITY + "old-token")), 400, STS)
                .contains("<Code>ExpiredTokenException</Code><Message>Token expired</Message>");
    }

    @Test
    void aViolatedConstraintIsAValidationError() throws IOException {
        error(
                        exchange(sts.post("Action=AssumeRole&Version=2011-06-15&RoleArn=" + ToyIdentity.ROLE
                                + "&RoleSessionName=a%2Fb&DurationSeconds=899")),
                        400,
                        STS)
                .contains("<Code>ValidationError</Code><Message>2 validation errors detected: Value 'a/b' at"
                        + " 'roleSessionName' failed to satisfy constraint: Member must satisfy regular expression"
                        + " pattern: [\\w+=,.@-]*; Value '899' at 'durationSeconds' failed to satisfy constraint:"
                        + " Member must have value greater than or equal to 900</Message>");
    }

    @Test
    void aMissingMemberIsAValidationError() throws IOException {
        error(exchange(sts.post("Action=AssumeRole&Version=2011-06-15&RoleSessionName=session")), 400, STS)
                .contains("<Message>1 validation error detected: Value null at 'roleArn' failed to satisfy constraint:"
                        + " Member must not be null</Message>");
    }

    @Test
    void anUnexpectedFailureTellsNothing() throws IOException {
        error(exchange(iam.post("Action=CreateUser&Version=2010-05-08&UserName=broken")), 500, IAM)
                .contains("<Type>Receiver</Type><Code>InternalFailure</Code>")
                .doesNotContain("broken");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "%",
                "Action=%",
                "Action=ListUsers&Version=2010-05-08&MaxItems=%FF",
                "Action=ListUsers&Version=2010-05-08&MaxItems=abc",
                "Action=ListUsers&Version=2010-05-08&MaxItems=99999999999999999999",
                "Action=ListUsers&Version=2010-05-08&MaxItems.member.1=1",
                "Action=CreateUser&Version=2010-05-08&UserName=u&Tags=x",
                "Action=CreateUser&Version=2010-05-08&UserName=u&Tags.member.2000000000.Key=x",
                "Action=CreateUser&Version=2010-05-08&UserName=u&Tags.member.1=x",
                "Action=CreateUser&Version=2010-05-08&UserName=u&Tags.member.1.Key.x=x",
                "Action=CreateUser&Version=2010-05-08&UserName=u&Tags.member=",
                "Action=CreateUser&Version=2010-05-08&UserName=u&Tags..1=",
                "Action=CreateUser&Version=2010-05-08&UserName=u%00",
                "Action=CreateUser&Version=2010-05-08&UserName=%F0%9F%98%80",
                "=",
                "&&&",
                ".",
                "Action.x=CreateUser",
            })
    void whatIsMalformedIsTheCallersFault(String form) throws IOException {
        RawAnswer answer = exchange(iam.post(form));

        assertThat(answer.status()).isBetween(400, 404);
        assertThat(answer.body()).startsWith("<ErrorResponse xmlns=\"" + IAM).contains("<Type>Sender</Type>");
    }

    @Test
    void tooManyParametersAreTheCallersFault() throws IOException {
        String form = IntStream.range(0, 6000).mapToObj(i -> "a" + i + "=").collect(Collectors.joining("&"));

        error(exchange(iam.post(form)), 400, IAM).contains("<Code>MalformedInput</Code>");
    }

    @Test
    void aConnectionServesBothProtocols() throws IOException {
        try (RawHttp http = new RawHttp(toy.port())) {
            assertThat(http.send(sts.post(WHO)).answer().status()).isEqualTo(200);
            assertThat(http.send(iam.post("Action=GetUser&Version=2010-05-08"))
                            .answer()
                            .status())
                    .isEqualTo(200);
            assertThat(http.send("POST / HTTP/1.1\n" + HOST + "X-Amz-Target: Kinesis_20131202.ListStreams\n"
                                    + "Content-Type: application/x-amz-json-1.1\nContent-Length: 2\n\n{}")
                            .answer()
                            .body())
                    .contains("MissingAuthenticationTokenException");
        }
    }

    private static String unsigned(String form) {
        return "POST / HTTP/1.1\n" + HOST + FORM + "Content-Length: " + form.length() + "\n\n" + form;
    }

    private static org.assertj.core.api.AbstractStringAssert<?> error(RawAnswer answer, int status, String namespace) {
        assertThat(answer.status()).as(answer.body()).isEqualTo(status);
        return assertThat(answer.body())
                .startsWith("<ErrorResponse xmlns=\"" + namespace + "\"><Error><Type>")
                .endsWith("</Error><RequestId>" + answer.header("x-amzn-requestid") + "</RequestId></ErrorResponse>");
    }

    private static RawAnswer exchange(String request) throws IOException {
        try (RawHttp http = new RawHttp(toy.port())) {
            return http.send(request).answer();
        }
    }
}
