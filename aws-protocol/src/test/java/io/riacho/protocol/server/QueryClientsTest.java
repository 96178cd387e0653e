package io.riacho.protocol.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.net.URI;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.auth.credentials.AnonymousCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.Protocol;
import software.amazon.awssdk.http.apache.ApacheHttpClient;
import software.amazon.awssdk.http.nio.netty.NettyNioAsyncHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.iam.model.EntityAlreadyExistsException;
import software.amazon.awssdk.services.iam.model.IamException;
import software.amazon.awssdk.services.iam.model.NoSuchEntityException;
import software.amazon.awssdk.services.iam.model.Tag;
import software.amazon.awssdk.services.iam.model.User;
import software.amazon.awssdk.services.sts.StsAsyncClient;
import software.amazon.awssdk.services.sts.StsClient;
import software.amazon.awssdk.services.sts.model.AssumeRoleResponse;
import software.amazon.awssdk.services.sts.model.StsException;

/** The AWS SDK for Java against the Query protocol. */
class QueryClientsTest {

    private static final AwsCredentialsProvider ROOT =
            StaticCredentialsProvider.create(AwsBasicCredentials.create(ToyKinesis.ACCESS_KEY, ToyKinesis.SECRET_KEY));

    private static ToyIdentity toy;
    private static IamClient iam;

    @BeforeAll
    static void start() {
        toy = new ToyIdentity();
        iam = IamClient.builder()
                .endpointOverride(endpoint())
                .region(Region.AWS_GLOBAL)
                .credentialsProvider(ROOT)
                .httpClient(ApacheHttpClient.create())
                .build();
    }

    @AfterAll
    static void stop() {
        iam.close();
        toy.close();
    }

    @Test
    void aUserIsMadeAsAsked() {
        Tag[] tags = {
            Tag.builder().key("tëam").value("a+b c/d=e").build(),
            Tag.builder().key("k").value("").build()
        };

        var answer = iam.createUser(request -> request.userName("u").path("/a/").tags(tags));

        assertThat(answer.user())
                .isEqualTo(User.builder()
                        .userName("u")
                        .path("/a/")
                        .tags(tags)
                        .createDate(ToyIdentity.CREATED)
                        .build());
        assertThat(answer.responseMetadata().requestId()).hasSize(36);
    }

    @Test
    void anOperationWithoutOutputIsServed() {
        assertThat(iam.deleteUser(request -> request.userName("u"))
                        .sdkHttpResponse()
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    void aRequestWithoutParametersIsServed() {
        assertThat(iam.getUser().user().arn()).isEqualTo("arn:aws:iam::000000000000:root");
        assertThat(iam.getAccountSummary().summaryMapAsStrings()).containsEntry("Users", 7);
    }

    @Test
    void pagesAreTurned() {
        assertThat(iam.listUsersPaginator().users().stream().map(User::userName))
                .containsExactly("a&<b", "z");
    }

    @Test
    void aModeledErrorIsTheSdksException() {
        assertThatExceptionOfType(EntityAlreadyExistsException.class)
                .isThrownBy(() -> iam.createUser(request -> request.userName("taken")))
                .withMessageStartingWith("User taken already exists.")
                .matches(error -> error.statusCode() == 409 && error.requestId().length() == 36);
        assertThatExceptionOfType(NoSuchEntityException.class)
                .isThrownBy(() -> iam.getUser(request -> request.userName("nobody")));
    }

    @Test
    void anOperationThatNobodyServesIsRefusedByName() {
        assertThatExceptionOfType(IamException.class)
                .isThrownBy(() -> iam.createGroup(request -> request.groupName("g")))
                .withMessageStartingWith("The operation CreateGroup is not implemented by this server.")
                .matches(error -> error.awsErrorDetails().errorCode().equals("InvalidAction"));
    }

    @Test
    void anOperationOutsideTheModelIsRefusedAsAwsDoes() {
        assertThatExceptionOfType(IamException.class)
                .isThrownBy(() -> iam.createInstanceProfile(request -> request.instanceProfileName("p")))
                .withMessageStartingWith("Could not find operation CreateInstanceProfile for version 2010-05-08");
    }

    @ParameterizedTest
    @ValueSource(strings = {"aws-global", "us-east-1", "eu-central-1"})
    void theSyncClientOfAnyGoodRegionIsServed(String region) {
        try (StsClient sts = sts(Region.of(region), ROOT)) {
            assertThat(sts.getCallerIdentity().account()).isEqualTo("000000000000");
        }
    }

    @Test
    void aRoleIsAssumedWithTags() {
        try (StsClient sts = sts(Region.EU_CENTRAL_1, ROOT)) {
            AssumeRoleResponse answer = sts.assumeRole(request -> request.roleArn(ToyIdentity.ROLE)
                    .roleSessionName("session")
                    .durationSeconds(900)
                    .tags(tag -> tag.key("a").value("1"), tag -> tag.key("b").value("2")));

            assertThat(answer.sourceIdentity()).isEqualTo("[Tag(Key=a, Value=1), Tag(Key=b, Value=2)]");
            assertThat(answer.packedPolicySize()).isEqualTo(900);
            assertThat(answer.credentials().secretAccessKey()).isEqualTo("a/b+c=");
            assertThat(answer.credentials().expiration()).isEqualTo(ToyIdentity.CREATED);
        }
    }

    @Test
    void aWebIdentityNeedsNoCredentials() {
        try (StsClient sts = sts(Region.EU_CENTRAL_1, AnonymousCredentialsProvider.create())) {
            assertThat(sts.assumeRoleWithWebIdentity(request -> request.roleArn(ToyIdentity.ROLE)
                                    .roleSessionName("session")
                                    .webIdentityToken("token"))
                            .subjectFromWebIdentityToken())
                    .isEqualTo("anonymous");
        }
    }

    @ParameterizedTest
    @EnumSource
    void theAsyncClientIsServed(Protocol protocol) {
        try (StsAsyncClient sts = StsAsyncClient.builder()
                .endpointOverride(endpoint())
                .region(Region.US_EAST_1)
                .credentialsProvider(ROOT)
                .httpClientBuilder(NettyNioAsyncHttpClient.builder().protocol(protocol))
                .build()) {
            assertThat(sts.getCallerIdentity().join().arn()).isEqualTo("arn:aws:iam::000000000000:root");
            assertThatExceptionOfType(CompletionException.class)
                    .isThrownBy(() -> sts.getSessionToken().join())
                    .withMessageContaining("The operation GetSessionToken is not implemented by this server.");
        }
    }

    @Test
    void aWrongSecretIsRefused() {
        try (StsClient sts = sts(
                Region.EU_CENTRAL_1,
                StaticCredentialsProvider.create(AwsBasicCredentials.create(ToyKinesis.ACCESS_KEY, "wrong")))) {
            assertThatExceptionOfType(StsException.class)
                    .isThrownBy(sts::getCallerIdentity)
                    .matches(error -> error.awsErrorDetails().errorCode().equals("SignatureDoesNotMatch")
                            && error.statusCode() == 403);
        }
    }

    private static StsClient sts(Region region, AwsCredentialsProvider credentials) {
        return StsClient.builder()
                .endpointOverride(endpoint())
                .region(region)
                .credentialsProvider(credentials)
                .httpClient(ApacheHttpClient.create())
                .build();
    }

    private static URI endpoint() {
        return URI.create("http://127.0.0.1:" + toy.port());
    }
}
