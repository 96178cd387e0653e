package io.riacho.protocol.server;

import io.riacho.policy.PolicySet;
import io.riacho.policy.Principal;
import io.riacho.protocol.AwsApi;
import io.riacho.protocol.AwsException;
import io.riacho.protocol.BearerTokens;
import io.riacho.protocol.Caller;
import io.riacho.protocol.Permission;
import io.riacho.protocol.RequestContext;
import io.riacho.protocol.SigningKeys;
import io.riacho.protocol.signature.RootSigningKeys;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.services.iam.model.CreateUserRequest;
import software.amazon.awssdk.services.iam.model.CreateUserResponse;
import software.amazon.awssdk.services.iam.model.DeleteUserRequest;
import software.amazon.awssdk.services.iam.model.GetAccountSummaryRequest;
import software.amazon.awssdk.services.iam.model.GetAccountSummaryResponse;
import software.amazon.awssdk.services.iam.model.GetUserRequest;
import software.amazon.awssdk.services.iam.model.GetUserResponse;
import software.amazon.awssdk.services.iam.model.ListUsersRequest;
import software.amazon.awssdk.services.iam.model.ListUsersResponse;
import software.amazon.awssdk.services.iam.model.User;
import software.amazon.awssdk.services.sts.model.AssumeRoleRequest;
import software.amazon.awssdk.services.sts.model.AssumeRoleResponse;
import software.amazon.awssdk.services.sts.model.AssumeRoleWithWebIdentityRequest;
import software.amazon.awssdk.services.sts.model.AssumeRoleWithWebIdentityResponse;
import software.amazon.awssdk.services.sts.model.Credentials;
import software.amazon.awssdk.services.sts.model.GetCallerIdentityRequest;
import software.amazon.awssdk.services.sts.model.GetCallerIdentityResponse;

/** A server, not in us-east-1, with a few operations of IAM, STS and Kinesis that keep nothing. */
final class ToyIdentity implements AutoCloseable {

    static final String REGION = "eu-central-1";
    static final String TOKEN = "a-good-token";
    static final Instant CREATED = Instant.parse("2026-03-15T07:58:30Z");
    static final String ROLE = "arn:aws:iam::000000000000:role/r";

    private final ConfigurableApplicationContext context;

    ToyIdentity() {
        context = new SpringApplicationBuilder(App.class)
                .web(WebApplicationType.SERVLET)
                .properties(
                        "server.port=0",
                        "server.address=127.0.0.1",
                        "spring.main.banner-mode=off",
                        "riacho.region=" + REGION)
                .run();
    }

    int port() {
        return Objects.requireNonNull(((WebServerApplicationContext) context).getWebServer())
                .getPort();
    }

    @Override
    public void close() {
        context.close();
    }

    private static void check(String operation, SdkPojo input, RequestContext context) {
        context.require(Permission.of("iam:" + operation, "*", context.accountId()));
    }

    private static void checkNothing(String operation, SdkPojo input, RequestContext context) {
        context.requireNothing();
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    @Import(AwsProtocolConfiguration.class)
    static class App {

        @Bean
        SigningKeys signingKeys() {
            SigningKeys keys = new RootSigningKeys(ToyKinesis.ACCESS_KEY, ToyKinesis.SECRET_KEY, "000000000000");
            return (accessKeyId, sessionToken, date, region, service) -> {
                if ("old-session".equals(sessionToken)) {
                    throw AwsException.badRequest(
                            "ExpiredTokenException", "The security token included in the request is expired");
                }
                return keys.find(accessKeyId, sessionToken, date, region, service);
            };
        }

        @Bean
        BearerTokens bearerTokens() {
            return token -> token.equals(TOKEN)
                    ? Optional.of(new Caller(
                            Principal.user("arn:aws:iam::000000000000:user/b"), "AIDAB", Map.of(), PolicySet.NONE))
                    : Optional.empty();
        }

        @Bean
        AwsApi iam() {
            return AwsApi.of("iam", ToyIdentity::check, new Users());
        }

        @Bean
        AwsApi sts() {
            return AwsApi.of("sts", ToyIdentity::checkNothing, new Sessions())
                    .withUnsigned("AssumeRoleWithWebIdentity");
        }

        @Bean
        AwsApi kinesis() {
            return AwsApi.of("kinesis", ToyIdentity::checkNothing, new ToyKinesis.Operations());
        }
    }

    /** Public, because operations are public methods. */
    public static final class Users {

        public CreateUserResponse createUser(CreateUserRequest request) {
            switch (request.userName()) {
                case "taken" ->
                    throw AwsException.of("EntityAlreadyExistsException", 409, "User taken already exists.");
                case "broken" -> throw new IllegalStateException("broken on purpose");
                default -> {}
            }
            return CreateUserResponse.builder()
                    .user(user -> user.userName(request.userName())
                            .path(request.path())
                            .tags(request.tags())
                            .createDate(CREATED))
                    .build();
        }

        public GetUserResponse getUser(GetUserRequest request, RequestContext context) {
            if (request.userName() != null) {
                throw AwsException.of(
                        "NoSuchEntity", 404, "The user with name " + request.userName() + " cannot be found.");
            }
            return GetUserResponse.builder()
                    .user(user -> user.arn(context.principalArn()))
                    .build();
        }

        public ListUsersResponse listUsers(ListUsersRequest request) {
            boolean first = request.marker() == null;
            return ListUsersResponse.builder()
                    .users(User.builder()
                            .userName(first ? "a&<b" : "z")
                            .createDate(CREATED)
                            .build())
                    .isTruncated(first)
                    .marker(first ? "m+ 1" : null)
                    .build();
        }

        public void deleteUser(DeleteUserRequest request) {}

        public GetAccountSummaryResponse getAccountSummary(GetAccountSummaryRequest request) {
            return GetAccountSummaryResponse.builder()
                    .summaryMapWithStrings(Map.of("Users", 7))
                    .build();
        }
    }

    /** Public, because operations are public methods. */
    public static final class Sessions {

        public GetCallerIdentityResponse getCallerIdentity(GetCallerIdentityRequest request, RequestContext context) {
            return GetCallerIdentityResponse.builder()
                    .account(context.accountId())
                    .arn(context.principalArn())
                    .userId(context.caller().userId())
                    .build();
        }

        public AssumeRoleResponse assumeRole(AssumeRoleRequest request) {
            return AssumeRoleResponse.builder()
                    .credentials(credentials())
                    .sourceIdentity(request.tags().toString())
                    .packedPolicySize(request.durationSeconds())
                    .build();
        }

        public AssumeRoleWithWebIdentityResponse assumeRoleWithWebIdentity(
                AssumeRoleWithWebIdentityRequest request, RequestContext context) {
            if (request.webIdentityToken().equals("old-token")) {
                throw AwsException.badRequest("ExpiredTokenException", "Token expired");
            }
            return AssumeRoleWithWebIdentityResponse.builder()
                    .credentials(credentials())
                    .subjectFromWebIdentityToken(context.principalArn())
                    .build();
        }

        private static Credentials credentials() {
            return Credentials.builder()
                    .accessKeyId("ASIAEXAMPLE000000000")
                    .secretAccessKey("a/b+c=")
                    .sessionToken("t")
                    .expiration(CREATED)
                    .build();
        }
    }
}
