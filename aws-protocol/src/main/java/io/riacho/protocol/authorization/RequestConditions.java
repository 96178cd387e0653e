package io.riacho.protocol.authorization;

import io.riacho.policy.ConditionContext;
import io.riacho.policy.Principal;
import io.riacho.policy.PrincipalType;
import io.riacho.protocol.Caller;
import io.riacho.protocol.Connection;
import io.riacho.protocol.Permission;
import io.riacho.protocol.PrivateEndpoint;
import io.riacho.protocol.RequestContext;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The condition keys of one request: IAM's global keys, the caller's and those of the action. What it does not know is
 * absent, so that no statement can grant by it.
 *
 * @see <a href="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html">global keys</a>
 */
final class RequestConditions implements ConditionContext {

    private final RequestContext request;
    private final Permission permission;
    private final InstantSource clock;

    RequestConditions(RequestContext request, Permission permission, InstantSource clock) {
        this.request = request;
        this.permission = permission;
        this.clock = clock;
    }

    @Override
    public @Nullable List<String> values(String name) {
        String key = name.toLowerCase(Locale.ROOT);
        List<String> known = global(key);
        if (known == null) {
            known = permission.keys().get(key);
        }
        return known != null ? known : request.caller().keys().get(key);
    }

    private @Nullable List<String> global(String key) {
        Caller caller = request.caller();
        Connection connection = request.connection();
        PrivateEndpoint endpoint = connection.endpoint();
        return switch (key) {
            case "aws:currenttime" -> List.of(clock.instant().toString());
            case "aws:epochtime" -> List.of(Long.toString(clock.instant().getEpochSecond()));
            case "aws:securetransport" -> List.of(Boolean.toString(connection.secure()));
            // AWS gives a request through a private endpoint the one key, any other the other.
            case "aws:sourceip" -> endpoint == null ? List.of(connection.sourceIp()) : null;
            case "aws:vpcsourceip" -> endpoint == null ? null : List.of(connection.sourceIp());
            case "aws:sourcevpce" -> endpoint == null ? null : List.of(endpoint.id());
            case "aws:sourcevpc" -> endpoint == null ? null : listOf(endpoint.vpc());
            case "aws:useragent" -> listOf(connection.userAgent());
            case "aws:referer" -> listOf(connection.referer());
            case "aws:requestedregion" -> List.of(request.region());
            // Of a session, AWS gives the ARN of the role.
            case "aws:principalarn" -> caller.accountId().isEmpty() ? null : List.of(issuerOrSelf(caller.principal()));
            case "aws:principalaccount" -> caller.accountId().isEmpty() ? null : List.of(caller.accountId());
            case "aws:userid" -> List.of(caller.userId());
            case "aws:resourceaccount" -> List.of(permission.accountId());
            case "aws:viaawsservice" -> List.of("false");
            default -> null;
        };
    }

    private static String issuerOrSelf(Principal principal) {
        return principal.issuerArn() != null && principal.type() == PrincipalType.ASSUMED_ROLE
                ? principal.issuerArn()
                : principal.arn();
    }

    private static @Nullable List<String> listOf(@Nullable String value) {
        return value == null ? null : List.of(value);
    }
}
