package io.riacho.protocol.server;

import io.riacho.protocol.AwsException;
import io.riacho.protocol.Caller;
import io.riacho.protocol.Connection;
import io.riacho.protocol.audit.AuditLog;
import io.riacho.protocol.audit.FailedAuthentication;
import io.riacho.protocol.signature.Authenticator;
import io.riacho.protocol.signature.ClaimedKey;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Proves who sends a request, and audits where that fails through the sender's fault. Safe for use by many threads. */
final class Authentication {

    private static final int SERVER_ERROR = 500;

    private final List<Authenticator> authenticators;
    private final AuditLog audit;

    Authentication(List<Authenticator> authenticators, AuditLog audit) {
        this.authenticators = List.copyOf(authenticators);
        this.audit = audit;
    }

    /**
     * What the request claims, before its body is read; empty where it carries no credentials.
     *
     * @param action that the request asks for, for the audit log
     * @throws AwsException where the credentials are not accepted
     */
    Optional<Attempt> begin(HttpServletRequest request, String service, @Nullable String action, String requestId) {
        return new Attempt(request, service, action, requestId).begin();
    }

    /** As {@link #begin}, but a request without credentials is refused. */
    Attempt require(HttpServletRequest request, String service, @Nullable String action, String requestId) {
        Attempt attempt = new Attempt(request, service, action, requestId);
        return attempt.begin().orElseThrow(() -> attempt.audited(WireErrors.missingToken()));
    }

    /** One request's way to be proven. */
    final class Attempt {

        private final ServletHead head;
        private final Connection connection;
        private final String service;
        private final @Nullable String action;
        private final String requestId;
        private Authenticator.@Nullable Claim claim;

        private Attempt(HttpServletRequest request, String service, @Nullable String action, String requestId) {
            this.head = new ServletHead(request);
            this.connection = Connections.of(request);
            this.service = service;
            this.action = action;
            this.requestId = requestId;
        }

        private Optional<Attempt> begin() {
            for (Authenticator authenticator : authenticators) {
                Optional<Authenticator.Claim> found = audited(() -> authenticator.claim(head, service));
                if (found.isPresent()) {
                    claim = found.get();
                    return Optional.of(this);
                }
            }
            return Optional.empty();
        }

        /** @throws AwsException where the claim is false */
        Caller verify(byte[] bodyHash) {
            Authenticator.Claim begun = claim;
            if (begun == null) {
                throw new IllegalStateException("nothing is claimed");
            }
            return audited(() -> begun.verify(bodyHash));
        }

        /** @throws AwsException where the credentials are not accepted any more */
        Caller current() {
            Authenticator.Claim begun = claim;
            if (begun == null) {
                throw new IllegalStateException("nothing is claimed");
            }
            return audited(begun::current);
        }

        /** @throws AwsException where the header is sent and a signature leaves it out */
        void requireBound(String header) {
            if (claim != null && head.header(header) != null && !claim.binds(header)) {
                throw audited(WireErrors.unsignedHeader(header));
            }
        }

        /** The id of the access key or token; null where there is none. */
        @Nullable
        String credential() {
            return claim == null ? null : claim.credential();
        }

        Connection connection() {
            return connection;
        }

        private <T> T audited(Supplier<T> authentication) {
            try {
                return authentication.get();
            } catch (AwsException e) {
                throw audited(e);
            }
        }

        private AwsException audited(AwsException error) {
            if (error.status() < SERVER_ERROR) {
                audit.failed(new FailedAuthentication(
                        requestId, connection, service, action, ClaimedKey.of(head), error.type()));
            }
            return error;
        }
    }
}
