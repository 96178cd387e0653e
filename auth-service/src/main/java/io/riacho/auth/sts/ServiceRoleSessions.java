package io.riacho.auth.sts;

import io.riacho.auth.identity.Identities;
import io.riacho.auth.identity.Role;
import io.riacho.auth.session.Session;
import io.riacho.auth.session.Sessions;
import io.riacho.auth.session.TemporaryCredentials;
import io.riacho.policy.PolicySet;
import io.riacho.policy.Principal;
import io.riacho.protocol.Authorizer;
import io.riacho.protocol.AwsException;
import io.riacho.protocol.Caller;
import io.riacho.protocol.Connection;
import io.riacho.protocol.RequestContext;
import io.riacho.protocol.audit.AuditLog;
import io.riacho.protocol.role.RoleCredentials;
import io.riacho.protocol.role.RoleException;
import io.riacho.protocol.role.RoleException.Reason;
import io.riacho.protocol.role.ServiceRoles;
import io.riacho.protocol.role.ServiceSession;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * Sessions of roles, for services of Riacho that a role trusts. The trust policy alone decides, with the keys that AWS's
 * services give against being a confused deputy. Safe for use by many threads.
 *
 * @see <a href="https://docs.aws.amazon.com/IAM/latest/UserGuide/confused-deputy.html">The confused deputy problem</a>
 * @see <a href="https://docs.aws.amazon.com/firehose/latest/dev/controlling-access.html">Firehose's external id</a>
 */
public final class ServiceRoleSessions implements ServiceRoles {

    private static final Duration LENGTH = Duration.ofHours(1);

    private final Roles roles;
    private final Sessions sessions;
    private final Authorizer authorizer;
    private final AuditLog audit;
    private final String region;
    private final InstantSource clock;

    public ServiceRoleSessions(
            Identities identities,
            Sessions sessions,
            Authorizer authorizer,
            AuditLog audit,
            String accountId,
            String region,
            InstantSource clock) {
        this.roles = new Roles(identities, accountId);
        this.sessions = sessions;
        this.authorizer = authorizer;
        this.audit = audit;
        this.region = region;
        this.clock = clock;
    }

    @Override
    public RoleCredentials assume(String roleArn, ServiceSession session) {
        try {
            return begin(roleArn, session);
        } catch (AwsException e) {
            throw e.status() >= 500
                    ? new RoleException(
                            Reason.UNAVAILABLE, "The role " + roleArn + " cannot be assumed now: " + e.getMessage())
                    : denied(roleArn, session);
        }
    }

    private RoleCredentials begin(String roleArn, ServiceSession session) {
        audit.requireReady();
        Optional<Role> found = roles.find(roleArn);
        RequestContext context = contextOf(session);
        context.require(roles.permission("sts:AssumeRole", roleArn, found, keys(session)));
        Role role = found.orElseThrow(() -> denied(roleArn, session));
        Instant now = Durations.now(clock);
        TemporaryCredentials credentials = sessions.begin(new Session(
                Session.Kind.ROLE,
                role.name(),
                role.id(),
                session.name(),
                now,
                now.plus(LENGTH),
                null,
                List.of(),
                Map.of(),
                List.of(),
                null,
                null,
                Map.of(),
                null));
        audit.changed(context, "sts", "AssumeRole");
        return new RoleCredentials(
                credentials.accessKeyId(),
                credentials.secretAccessKey(),
                credentials.sessionToken(),
                credentials.expiresAt());
    }

    /** As CloudTrail has it, a service comes from no address but from itself; it never comes over a network in the clear. */
    private RequestContext contextOf(ServiceSession session) {
        String principal = session.principal();
        Caller caller = new Caller(
                Principal.service(principal),
                principal,
                Map.of(
                        "aws:principalisawsservice", List.of("true"),
                        "aws:principalservicename", List.of(principal),
                        "aws:principaltype", List.of("Service")),
                PolicySet.NONE);
        return new RequestContext(
                UUID.randomUUID().toString(),
                region,
                caller,
                new Connection(principal, true, null, null, null),
                authorizer);
    }

    private static Map<String, List<String>> keys(ServiceSession session) {
        return Map.of(
                "sts:externalid", List.of(session.sourceAccount()),
                "sts:rolesessionname", List.of(session.name()),
                "aws:sourceaccount", List.of(session.sourceAccount()),
                "aws:sourcearn", List.of(session.sourceArn()));
    }

    private static RoleException denied(String roleArn, ServiceSession session) {
        return new RoleException(
                Reason.DENIED,
                session.principal() + " is unable to assume the role " + roleArn + " for " + session.sourceArn()
                        + ": there is no such role, or its trust policy does not allow it");
    }
}
