package io.riacho.auth.credentials;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.riacho.auth.identity.Identities;
import io.riacho.auth.identity.Role;
import io.riacho.auth.limit.RateLimit;
import io.riacho.auth.sts.AssumeRoleOperations;
import io.riacho.protocol.Authorizer;
import io.riacho.protocol.AwsException;
import io.riacho.protocol.BearerTokens;
import io.riacho.protocol.Caller;
import io.riacho.protocol.Connection;
import io.riacho.protocol.PrivateEndpoint;
import io.riacho.protocol.RequestContext;
import io.riacho.protocol.server.ProtocolProperties;
import io.riacho.protocol.server.RequestAuthentication;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;
import software.amazon.awssdk.services.sts.model.AssumeRoleRequest;
import software.amazon.awssdk.services.sts.model.Credentials;

/**
 * What the SDKs' container credentials provider asks ({@code AWS_CONTAINER_CREDENTIALS_FULL_URI}): temporary credentials
 * of a role. The provider sends {@code AWS_CONTAINER_AUTHORIZATION_TOKEN}, or what is in the token's file, as the whole
 * of the {@code Authorization} header, so an access token is taken there with or without {@code Bearer}.
 *
 * @see <a href="https://docs.aws.amazon.com/sdkref/latest/guide/feature-container-credentials.html">container credential
 *     provider</a>
 */
@RestController
public final class CredentialsController {

    private static final String SCHEME = "Bearer ";
    private static final int LONGEST_TOKEN = 8192;
    private static final int LONGEST_NAME = 64;

    private final BearerTokens tokens;
    private final Identities identities;
    private final AssumeRoleOperations roles;
    private final Authorizer authorizer;
    private final RateLimit perAddress;
    private final ProtocolProperties protocol;

    public CredentialsController(
            BearerTokens tokens,
            Identities identities,
            AssumeRoleOperations roles,
            Authorizer authorizer,
            RateLimit perAddress,
            ProtocolProperties protocol) {
        this.tokens = tokens;
        this.identities = identities;
        this.roles = roles;
        this.authorizer = authorizer;
        this.perAddress = perAddress;
        this.protocol = protocol;
    }

    /** As the provider reads it. */
    record ContainerCredentials(
            @JsonProperty("RoleArn") String roleArn,
            @JsonProperty("AccessKeyId") String accessKeyId,
            @JsonProperty("SecretAccessKey") String secretAccessKey,
            @JsonProperty("Token") String token,
            @JsonProperty("Expiration") String expiration) {

        @Override
        public String toString() {
            return "ContainerCredentials[" + accessKeyId + "]";
        }
    }

    @GetMapping("/v1/credentials/{role}")
    ContainerCredentials get(@PathVariable String role, HttpServletRequest request) {
        long seconds = perAddress.take(request.getRemoteAddr());
        if (seconds > 0) {
            throw AwsException.badRequest("Throttling", "Rate exceeded").retryAfter(seconds);
        }
        Caller caller = caller(request.getHeader("authorization"));
        String arn =
                identities.role(role).map(Role::arn).orElse("arn:aws:iam::" + protocol.accountId() + ":role/" + role);
        RequestContext context = new RequestContext(
                RequestAuthentication.newRequestId(), protocol.region(), caller, connection(request), authorizer);
        Credentials credentials = roles.assumeRole(
                        AssumeRoleRequest.builder()
                                .roleArn(arn)
                                .roleSessionName(sessionName(caller))
                                .build(),
                        context)
                .credentials();
        return new ContainerCredentials(
                arn,
                credentials.accessKeyId(),
                credentials.secretAccessKey(),
                credentials.sessionToken(),
                credentials.expiration().toString());
    }

    private Caller caller(@Nullable String authorization) {
        if (authorization != null && authorization.length() <= LONGEST_TOKEN) {
            String token = authorization.regionMatches(true, 0, SCHEME, 0, SCHEME.length())
                    ? authorization.substring(SCHEME.length())
                    : authorization;
            Caller caller = tokens.find(token.strip()).orElse(null);
            if (caller != null) {
                return caller;
            }
        }
        throw AwsException.badRequest(
                "UnrecognizedClientException", "The security token included in the request is invalid.");
    }

    private static String sessionName(Caller caller) {
        String name = caller.arn().substring(caller.arn().lastIndexOf('/') + 1);
        return name.length() < 2 ? name + "-" : name.substring(0, Math.min(name.length(), LONGEST_NAME));
    }

    private static Connection connection(HttpServletRequest request) {
        return new Connection(
                request.getRemoteAddr(),
                request.isSecure(),
                request.getHeader("user-agent"),
                request.getHeader("referer"),
                (PrivateEndpoint) request.getAttribute(PrivateEndpoint.class.getName()));
    }
}
