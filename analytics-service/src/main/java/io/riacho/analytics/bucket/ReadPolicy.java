package io.riacho.analytics.bucket;

import io.riacho.analytics.error.AnalyticsErrors;
import io.riacho.analytics.role.RoleSessions;
import io.riacho.protocol.Authorizer;
import io.riacho.protocol.Caller;
import io.riacho.protocol.Connection;
import io.riacho.protocol.Permission;
import io.riacho.protocol.RequestContext;
import io.riacho.protocol.SigningKeys;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.UUID;

/** Decides by the policies of a role what a session of it may read, for a store that does not know them. Safe for use by many threads. */
public final class ReadPolicy {

    private static final String SERVICE = "kinesisanalytics";
    private static final String PRINCIPAL = SERVICE + ".amazonaws.com";

    private final SigningKeys keys;
    private final Authorizer authorizer;
    private final String region;
    private final InstantSource clock;

    public ReadPolicy(SigningKeys keys, Authorizer authorizer, String region, InstantSource clock) {
        this.keys = keys;
        this.authorizer = authorizer;
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
        // As CloudTrail has it, a service comes from no address but from itself.
        new RequestContext(
                        UUID.randomUUID().toString(),
                        region,
                        caller,
                        new Connection(PRINCIPAL, true, null, null, null),
                        authorizer,
                        session.accessKeyId())
                .require(Permission.of("s3:GetObject", "arn:aws:s3:::" + bucket + "/" + key, caller.accountId()));
    }
}
