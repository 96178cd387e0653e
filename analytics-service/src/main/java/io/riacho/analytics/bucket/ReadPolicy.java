package io.riacho.analytics.bucket;

import io.riacho.analytics.error.AnalyticsErrors;
import io.riacho.analytics.role.RoleSessions;
import io.riacho.policy.AuthorizationRequest;
import io.riacho.policy.PolicyEvaluator;
import io.riacho.protocol.Caller;
import io.riacho.protocol.SigningKeys;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Decides by the policies of a role what a session of it may read, for a store that does not know them. Safe for use by many threads. */
public final class ReadPolicy {

    private static final String SERVICE = "kinesisanalytics";
    private static final String ACTION = "s3:GetObject";

    private final PolicyEvaluator evaluator = new PolicyEvaluator();
    private final SigningKeys keys;
    private final String region;
    private final InstantSource clock;

    public ReadPolicy(SigningKeys keys, String region, InstantSource clock) {
        this.keys = keys;
        this.region = region;
        this.clock = clock;
    }

    /** @throws io.riacho.protocol.AwsException AccessDeniedException where it may not */
    void require(RoleSessions.Session session, String bucket, String key) {
        Caller caller = keys.find(
                        session.accessKeyId(),
                        session.sessionToken(),
                        LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC),
                        region,
                        SERVICE)
                .map(SigningKeys.SigningKey::caller)
                .orElseThrow(() -> AnalyticsErrors.serviceUnavailable("The session of the role is not known yet."));
        String resource = "arn:aws:s3:::" + bucket + "/" + key;
        AuthorizationRequest request = new AuthorizationRequest(
                caller.principal(), ACTION, resource, caller.accountId(), name -> value(caller, name));
        if (!evaluator.decide(request, caller.policies()).isAllowed()) {
            throw AnalyticsErrors.accessDenied(
                    caller.arn() + " is not authorized to perform: " + ACTION + " on resource: " + resource);
        }
    }

    private @Nullable List<String> value(Caller caller, String name) {
        String key = name.toLowerCase(Locale.ROOT);
        return switch (key) {
            case "aws:currenttime" -> List.of(clock.instant().toString());
            case "aws:epochtime" -> List.of(Long.toString(clock.instant().getEpochSecond()));
            case "aws:requestedregion" -> List.of(region);
            case "aws:principalaccount", "aws:resourceaccount" -> List.of(caller.accountId());
            case "aws:userid" -> List.of(caller.userId());
            case "aws:viaawsservice" -> List.of("true");
            default -> caller.keys().get(key);
        };
    }
}
