package io.riacho.auth.sts;

import io.riacho.auth.identity.Identities;
import io.riacho.auth.identity.Role;
import io.riacho.auth.session.Session;
import io.riacho.auth.session.Sessions;
import io.riacho.auth.session.TemporaryCredentials;
import io.riacho.policy.PrincipalType;
import io.riacho.protocol.Caller;
import io.riacho.protocol.RequestContext;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.sts.model.AssumeRoleRequest;
import software.amazon.awssdk.services.sts.model.AssumeRoleResponse;

/**
 * Sessions of roles, for callers whom a role trusts.
 *
 * @see <a href="https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html">AssumeRole</a>
 */
public final class AssumeRoleOperations {

    private static final Duration LONGEST_CHAINED = Duration.ofHours(1);

    private final Identities identities;
    private final Roles roles;
    private final Sessions sessions;
    private final InstantSource clock;

    public AssumeRoleOperations(Identities identities, Sessions sessions, String accountId, InstantSource clock) {
        this.identities = identities;
        this.roles = new Roles(identities, accountId);
        this.sessions = sessions;
        this.clock = clock;
    }

    public AssumeRoleResponse assumeRole(AssumeRoleRequest request, RequestContext context) {
        refuseUnsupported(request);
        Caller caller = context.caller();
        if (caller.isRoot()) {
            throw StsErrors.denied("Roles may not be assumed by root accounts.");
        }
        if (caller.principal().type() == PrincipalType.FEDERATED_USER) {
            throw StsErrors.denied("Cannot call AssumeRole with federation credentials");
        }
        Optional<Role> found = roles.find(request.roleArn());
        SessionTags tags = SessionTags.of(request.tags(), request.transitiveTagKeys(), caller);
        String sourceIdentity = sourceIdentity(request.sourceIdentity(), caller);
        Map<String, List<String>> keys = keys(request, tags, sourceIdentity);
        context.require(roles.permission("sts:AssumeRole", request.roleArn(), found, keys));
        if (!tags.all().isEmpty()) {
            context.require(roles.permission("sts:TagSession", request.roleArn(), found, keys));
        }
        if (sourceIdentity != null) {
            context.require(roles.permission("sts:SetSourceIdentity", request.roleArn(), found, keys));
        }
        Role role = found.orElseThrow();
        Durations.Allowed duration = Durations.ofRole(request.durationSeconds(), role.maxSession());
        if (isChained(caller) && duration.length().compareTo(LONGEST_CHAINED) > 0) {
            throw StsErrors.invalid(
                    "The requested DurationSeconds exceeds the 1 hour session limit for roles assumed by"
                            + " role chaining");
        }
        SessionLimits limits = SessionLimits.of(request.policy(), request.policyArns(), tags.all(), identities);
        var issuedAt = Durations.now(clock);
        TemporaryCredentials credentials = sessions.begin(new Session(
                Session.Kind.ROLE,
                role.name(),
                role.id(),
                request.roleSessionName(),
                issuedAt,
                issuedAt.plus(duration.length()),
                limits.policy(),
                limits.policyArns(),
                tags.all(),
                tags.transitive(),
                sourceIdentity,
                null,
                Map.of(),
                null));
        return AssumeRoleResponse.builder()
                .credentials(Answers.credentials(credentials))
                .assumedRoleUser(Answers.assumedRole(role, caller.accountId(), request.roleSessionName()))
                .packedPolicySize(limits.packedPercent() == 0 ? null : limits.packedPercent())
                .sourceIdentity(sourceIdentity)
                .build();
    }

    /** Whoever signs with temporary credentials of a role, or holds a token, gets an hour at most. */
    private static boolean isChained(Caller caller) {
        return caller.keys().containsKey("aws:tokenissuetime") && !caller.keys().containsKey(Session.USER_SESSION);
    }

    /** Once set, it stays the same from role to role. */
    private static @Nullable String sourceIdentity(@Nullable String asked, Caller caller) {
        List<String> inherited = caller.keys().get("aws:sourceidentity");
        if (inherited == null || inherited.isEmpty()) {
            return asked;
        }
        if (asked != null && !asked.equals(inherited.getFirst())) {
            throw StsErrors.denied("The source identity of the calling session cannot be changed.");
        }
        return inherited.getFirst();
    }

    private static Map<String, List<String>> keys(
            AssumeRoleRequest request, SessionTags tags, @Nullable String sourceIdentity) {
        Map<String, List<String>> keys = new HashMap<>();
        keys.put("sts:rolesessionname", List.of(request.roleSessionName()));
        if (request.externalId() != null) {
            keys.put("sts:externalid", List.of(request.externalId()));
        }
        if (sourceIdentity != null) {
            keys.put("sts:sourceidentity", List.of(sourceIdentity));
        }
        if (request.durationSeconds() != null) {
            keys.put("sts:durationseconds", List.of(request.durationSeconds().toString()));
        }
        tags.addKeysTo(keys);
        return keys;
    }

    private static void refuseUnsupported(AssumeRoleRequest request) {
        if (request.serialNumber() != null || request.tokenCode() != null) {
            throw StsErrors.invalid(
                    "Multi-factor authentication is not supported: SerialNumber and TokenCode must not be given");
        }
        if (request.hasProvidedContexts() && !request.providedContexts().isEmpty()) {
            throw StsErrors.invalid("ProvidedContexts is not supported");
        }
    }
}
