package io.riacho.access;

import io.riacho.protocol.role.RoleCredentials;
import io.riacho.protocol.role.RoleException;
import io.riacho.protocol.role.RoleException.Reason;
import io.riacho.protocol.role.ServiceRoles;
import io.riacho.protocol.role.ServiceSession;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.identity.spi.AwsCredentialsIdentity;
import software.amazon.awssdk.identity.spi.ResolveIdentityRequest;

/**
 * The credentials of a role, which is assumed when they are asked for first, and again five minutes before their end or
 * once they were refused. Safe for use by many threads, of which one at a time asks for the role.
 */
public final class RoleCredentialsProvider implements AwsCredentialsProvider {

    private static final Duration RENEW_BEFORE = Duration.ofMinutes(5);
    /** For so long a failure is that of all who ask, who would otherwise wait for each other's. */
    private static final Duration FAILURE_COUNTS = Duration.ofSeconds(1);

    private final ServiceRoles roles;
    private final String roleArn;
    private final ServiceSession session;
    private final InstantSource clock;
    private final ReentrantLock assuming = new ReentrantLock();
    private volatile @Nullable Held held;
    private @Nullable Failed failed;

    public RoleCredentialsProvider(ServiceRoles roles, String roleArn, ServiceSession session, InstantSource clock) {
        this.roles = roles;
        this.roleArn = roleArn;
        this.session = session;
        this.clock = clock;
    }

    /**
     * May go over the network.
     *
     * @throws RoleException where the role cannot be assumed
     */
    @Override
    public AwsCredentials resolveCredentials() {
        Held known = held;
        if (known != null && isBefore(known.renewAt)) {
            return known.credentials;
        }
        assuming.lock();
        try {
            known = held;
            return known != null && isBefore(known.renewAt) ? known.credentials : renewed(known);
        } finally {
            assuming.unlock();
        }
    }

    /** Never blocks: the threads that ask may be those of the connections. */
    @Override
    public CompletableFuture<AwsCredentialsIdentity> resolveIdentity(ResolveIdentityRequest request) {
        Held known = held;
        return known != null && isBefore(known.renewAt)
                ? CompletableFuture.completedFuture(known.credentials)
                : CompletableFuture.supplyAsync(
                        this::resolveCredentials,
                        work -> Thread.ofVirtual().name("firehose-role").start(work));
    }

    /** Has the role assumed anew, because the credentials were refused: the role may be another one of the same name. */
    public void forget() {
        held = null;
    }

    /** @param errorCode by which a service refused; whether it did because of the credentials */
    public static boolean isRefusal(String errorCode) {
        return CredentialRefusals.REFUSALS.contains(errorCode);
    }

    /** Belongs to clients that sign with these credentials. */
    ExecutionInterceptor refusals() {
        return new CredentialRefusals(this);
    }

    private AwsCredentials renewed(@Nullable Held known) {
        Failed before = failed;
        if (before != null && isBefore(before.at.plus(FAILURE_COUNTS))) {
            return orStillGood(known, before.failure);
        }
        try {
            RoleCredentials given = roles.assume(roleArn, session);
            AwsCredentials credentials =
                    AwsSessionCredentials.create(given.accessKeyId(), given.secretAccessKey(), given.sessionToken());
            held = new Held(credentials, given.expiresAt().minus(RENEW_BEFORE), given.expiresAt());
            failed = null;
            return credentials;
        } catch (RoleException e) {
            failed = new Failed(e, clock.instant());
            return orStillGood(known, e);
        }
    }

    /** Whoever gives credentials may be away for as long as the last ones are good; but who says no is heard. */
    private AwsCredentials orStillGood(@Nullable Held known, RoleException failure) {
        if (failure.reason() == Reason.UNAVAILABLE && known != null && isBefore(known.expiresAt)) {
            return known.credentials;
        }
        throw failure;
    }

    private boolean isBefore(Instant end) {
        return clock.instant().isBefore(end);
    }

    @Override
    public String toString() {
        return "RoleCredentialsProvider[" + roleArn + "]";
    }

    private record Held(AwsCredentials credentials, Instant renewAt, Instant expiresAt) {

        @Override
        public String toString() {
            return "Held[until " + expiresAt + "]";
        }
    }

    private record Failed(RoleException failure, Instant at) {}
}
