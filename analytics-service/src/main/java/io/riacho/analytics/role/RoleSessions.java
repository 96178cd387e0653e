package io.riacho.analytics.role;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.riacho.protocol.role.RoleCredentials;
import io.riacho.protocol.role.RoleException;
import io.riacho.protocol.role.ServiceRoles;
import io.riacho.protocol.role.ServiceSession;
import io.riacho.protocol.signature.RootCredentials;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;

/**
 * Begins sessions of roles for applications. Those that are asked for within a minute get the same one. Where nobody knows
 * roles, because the server runs with its root's access key alone, that key takes the place of all. Safe for use by many
 * threads.
 */
public final class RoleSessions {

    private static final String PRINCIPAL = "kinesisanalytics.amazonaws.com";
    private static final Duration SHARED = Duration.ofMinutes(1);
    private static final Duration ROOT = Duration.ofHours(1);
    private static final int MOST_NAME = 64;
    private static final int MOST = 1000;

    private final @Nullable ServiceRoles roles;
    private final RootCredentials root;
    private final String accountId;
    private final InstantSource clock;
    private final Cache<Asked, RoleCredentials> sessions =
            Caffeine.newBuilder().maximumSize(MOST).expireAfterWrite(SHARED).build();

    /** @param roles null where nobody knows roles */
    public RoleSessions(@Nullable ServiceRoles roles, RootCredentials root, String accountId, InstantSource clock) {
        this.roles = roles;
        this.root = root;
        this.accountId = accountId;
        this.clock = clock;
    }

    private record Asked(String role, String arn) {}

    /**
     * Credentials of a session.
     *
     * @param sessionToken null where they need none
     */
    public record Session(
            String accessKeyId,
            String secretAccessKey,
            @Nullable String sessionToken,
            Instant expiresAt) {

        /** As the SDK's clients take them. */
        public AwsCredentials credentials() {
            return sessionToken == null
                    ? AwsBasicCredentials.create(accessKeyId, secretAccessKey)
                    : AwsSessionCredentials.create(accessKeyId, secretAccessKey, sessionToken);
        }

        @Override
        public String toString() {
            return "Session[" + accessKeyId + "]";
        }
    }

    /**
     * @param name of the application, for people
     * @param arn that the role was given to
     * @throws RoleException where it cannot be assumed
     */
    public Session of(String role, String name, String arn) {
        ServiceRoles known = roles;
        if (known == null) {
            return new Session(
                    root.accessKeyId(),
                    root.secretAccessKey(),
                    null,
                    clock.instant().plus(ROOT));
        }
        RoleCredentials given = sessions.get(
                new Asked(role, arn),
                asked -> known.assume(
                        asked.role(),
                        new ServiceSession(
                                PRINCIPAL, name.substring(0, Math.min(MOST_NAME, name.length())), arn, accountId)));
        return new Session(given.accessKeyId(), given.secretAccessKey(), given.sessionToken(), given.expiresAt());
    }
}
