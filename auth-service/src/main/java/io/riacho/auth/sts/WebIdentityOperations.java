package io.riacho.auth.sts;

import io.riacho.auth.identity.Identities;
import io.riacho.auth.identity.Role;
import io.riacho.auth.limit.RateLimit;
import io.riacho.auth.session.Session;
import io.riacho.auth.session.Sessions;
import io.riacho.auth.session.TemporaryCredentials;
import io.riacho.auth.webidentity.WebIdentities;
import io.riacho.auth.webidentity.WebIdentity;
import io.riacho.auth.webidentity.WebIdentityException;
import io.riacho.policy.PolicySet;
import io.riacho.policy.Principal;
import io.riacho.protocol.Authorizer;
import io.riacho.protocol.AwsException;
import io.riacho.protocol.Caller;
import io.riacho.protocol.RequestContext;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.sts.model.AssumeRoleWithWebIdentityRequest;
import software.amazon.awssdk.services.sts.model.AssumeRoleWithWebIdentityResponse;

/**
 * Sessions of roles, for those whom an identity provider vouches for and a role trusts. Called unsigned.
 *
 * @see <a href="https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRoleWithWebIdentity.html">AssumeRoleWithWebIdentity</a>
 */
public final class WebIdentityOperations {

    private static final String ACTION = "sts:AssumeRoleWithWebIdentity";

    private final Identities identities;
    private final Roles roles;
    private final Sessions sessions;
    private final WebIdentities webIdentities;
    private final Authorizer authorizer;
    private final RateLimit perAddress;
    private final String accountId;
    private final InstantSource clock;

    public WebIdentityOperations(
            Identities identities,
            Sessions sessions,
            WebIdentities webIdentities,
            Authorizer authorizer,
            RateLimit perAddress,
            String accountId,
            InstantSource clock) {
        this.identities = identities;
        this.roles = new Roles(identities, accountId);
        this.sessions = sessions;
        this.webIdentities = webIdentities;
        this.authorizer = authorizer;
        this.perAddress = perAddress;
        this.accountId = accountId;
        this.clock = clock;
    }

    public AssumeRoleWithWebIdentityResponse assumeRoleWithWebIdentity(
            AssumeRoleWithWebIdentityRequest request, RequestContext context) {
        long seconds = perAddress.take(context.connection().sourceIp());
        if (seconds > 0) {
            throw StsErrors.throttled(seconds);
        }
        if (request.providerId() != null) {
            throw StsErrors.invalid(
                    "ProviderId is for OAuth 2.0 access tokens of Facebook and Amazon, which are not supported");
        }
        WebIdentity identity = verify(request.webIdentityToken());
        Optional<Role> found = roles.find(request.roleArn());
        authorize(request, context, identity, found);
        context.requireNothing();
        Role role = found.orElseThrow();
        Durations.Allowed duration = Durations.ofRole(request.durationSeconds(), role.maxSession());
        SessionLimits limits = SessionLimits.of(request.policy(), request.policyArns(), Map.of(), identities);
        Instant now = Durations.now(clock);
        TemporaryCredentials credentials = sessions.begin(new Session(
                Session.Kind.ROLE,
                role.name(),
                role.id(),
                request.roleSessionName(),
                now,
                now.plus(duration.length()),
                limits.policy(),
                limits.policyArns(),
                Map.of(),
                List.of(),
                null,
                identity.providerArn(),
                identity.keys(),
                null));
        return AssumeRoleWithWebIdentityResponse.builder()
                .credentials(Answers.credentials(credentials))
                .assumedRoleUser(Answers.assumedRole(role, accountId, request.roleSessionName()))
                .subjectFromWebIdentityToken(identity.subject())
                .audience(identity.audience())
                .provider(identity.issuer())
                .packedPolicySize(limits.packedPercent() == 0 ? null : limits.packedPercent())
                .build();
    }

    private WebIdentity verify(String token) {
        try {
            return webIdentities.verify(token);
        } catch (WebIdentityException e) {
            throw switch (e.reason()) {
                case EXPIRED -> StsErrors.expiredIdentityToken(e.getMessage());
                case UNREACHABLE -> StsErrors.providerUnreachable();
                case INVALID, WRONG_AUDIENCE -> StsErrors.invalidIdentityToken(e.getMessage());
            };
        }
    }

    /** By the role's trust policy, with the provider's word for the caller. */
    private void authorize(
            AssumeRoleWithWebIdentityRequest request,
            RequestContext context,
            WebIdentity identity,
            Optional<Role> role) {
        Map<String, List<String>> keys = new HashMap<>(identity.keys());
        keys.put("sts:rolesessionname", List.of(request.roleSessionName()));
        if (request.durationSeconds() != null) {
            keys.put("sts:durationseconds", List.of(request.durationSeconds().toString()));
        }
        keys.put("aws:federatedprovider", List.of(identity.providerArn()));
        Caller caller =
                new Caller(Principal.federated(identity.providerArn()), identity.subject(), Map.of(), PolicySet.NONE);
        RequestContext asked =
                new RequestContext(context.requestId(), context.region(), caller, context.connection(), authorizer);
        try {
            asked.require(roles.permission(ACTION, request.roleArn(), role, keys));
        } catch (AwsException e) {
            if (e.status() >= 500) {
                throw e;
            }
            throw StsErrors.denied("Not authorized to perform " + ACTION);
        }
    }
}
