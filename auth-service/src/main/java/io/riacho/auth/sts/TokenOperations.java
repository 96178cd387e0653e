package io.riacho.auth.sts;

import io.riacho.auth.identity.Identities;
import io.riacho.auth.identity.KeyOwner;
import io.riacho.auth.session.Session;
import io.riacho.auth.session.Sessions;
import io.riacho.auth.session.TemporaryCredentials;
import io.riacho.policy.PrincipalType;
import io.riacho.protocol.Caller;
import io.riacho.protocol.Permission;
import io.riacho.protocol.RequestContext;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.sts.model.FederatedUser;
import software.amazon.awssdk.services.sts.model.GetFederationTokenRequest;
import software.amazon.awssdk.services.sts.model.GetFederationTokenResponse;
import software.amazon.awssdk.services.sts.model.GetSessionTokenRequest;
import software.amazon.awssdk.services.sts.model.GetSessionTokenResponse;

/** Sessions of users, for themselves and for those whom they lend a part of their rights. */
public final class TokenOperations {

    private final Identities identities;
    private final Sessions sessions;
    private final InstantSource clock;

    public TokenOperations(Identities identities, Sessions sessions, InstantSource clock) {
        this.identities = identities;
        this.sessions = sessions;
        this.clock = clock;
    }

    /** Needs no permission: who may sign for itself may have a shorter-lived key to do so. */
    public GetSessionTokenResponse getSessionToken(GetSessionTokenRequest request, RequestContext context) {
        if (request.serialNumber() != null || request.tokenCode() != null) {
            throw StsErrors.invalid(
                    "Multi-factor authentication is not supported: SerialNumber and TokenCode must not be given");
        }
        Caller caller = context.caller();
        requireLongTerm(caller, "GetSessionToken");
        context.requireNothing();
        Duration length =
                Durations.ofUser(request.durationSeconds(), caller.isRoot()).length();
        Instant now = Durations.now(clock);
        TemporaryCredentials credentials = sessions.begin(new Session(
                caller.isRoot() ? Session.Kind.ROOT : Session.Kind.USER,
                caller.isRoot() ? caller.accountId() : nameOf(caller),
                caller.userId(),
                "",
                now,
                now.plus(length),
                null,
                List.of(),
                Map.of(),
                List.of(),
                null,
                null,
                Map.of(),
                parentKey(caller)));
        return GetSessionTokenResponse.builder()
                .credentials(Answers.credentials(credentials))
                .build();
    }

    /** What the federated user may do is what both the session policies and the user's own policies allow. */
    public GetFederationTokenResponse getFederationToken(GetFederationTokenRequest request, RequestContext context) {
        Caller caller = context.caller();
        requireLongTerm(caller, "GetFederationToken");
        SessionTags tags = SessionTags.of(request.tags(), List.of(), caller);
        String arn = "arn:aws:sts::" + caller.accountId() + ":federated-user/" + request.name();
        Map<String, List<String>> keys = new HashMap<>();
        tags.addKeysTo(keys);
        context.require(new Permission("sts:GetFederationToken", arn, caller.accountId(), keys, null, false));
        if (!tags.all().isEmpty()) {
            context.require(new Permission("sts:TagSession", arn, caller.accountId(), keys, null, false));
        }
        Duration length =
                Durations.ofUser(request.durationSeconds(), caller.isRoot()).length();
        SessionLimits limits = SessionLimits.of(request.policy(), request.policyArns(), tags.all(), identities);
        Instant now = Durations.now(clock);
        TemporaryCredentials credentials = sessions.begin(new Session(
                Session.Kind.FEDERATED,
                caller.isRoot() ? caller.accountId() : nameOf(caller),
                caller.userId(),
                request.name(),
                now,
                now.plus(length),
                limits.policy(),
                limits.policyArns(),
                tags.all(),
                List.of(),
                null,
                null,
                Map.of(),
                parentKey(caller)));
        return GetFederationTokenResponse.builder()
                .credentials(Answers.credentials(credentials))
                .federatedUser(FederatedUser.builder()
                        .federatedUserId(caller.accountId() + ":" + request.name())
                        .arn(arn)
                        .build())
                .packedPolicySize(limits.packedPercent() == 0 ? null : limits.packedPercent())
                .build();
    }

    /** A session or an access token is not to be made longer than it was meant to be. */
    private static void requireLongTerm(Caller caller, String operation) {
        PrincipalType type = caller.principal().type();
        boolean isLongTerm = (type == PrincipalType.USER || type == PrincipalType.ROOT)
                && !caller.keys().containsKey("aws:tokenissuetime");
        if (!isLongTerm) {
            throw StsErrors.denied("Cannot call " + operation + " with session credentials");
        }
    }

    /** The session ends with the key that it was begun with. */
    private static @Nullable String parentKey(Caller caller) {
        List<String> key = caller.keys().get(KeyOwner.ACCESS_KEY);
        return key == null || key.isEmpty() ? null : key.getFirst();
    }

    private static String nameOf(Caller user) {
        return user.arn().substring(user.arn().lastIndexOf('/') + 1);
    }
}
