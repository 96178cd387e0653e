package io.riacho.protocol;

import io.riacho.policy.Decision;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** One authenticated request: who asks, and what was decided about it. Used by the thread that serves the request. */
public final class RequestContext {

    private final String requestId;
    private final String region;
    private final Caller caller;
    private final Connection connection;
    private final Authorizer authorizer;
    private final @Nullable String credential;
    private final Supplier<Caller> current;
    private boolean decided;
    private @Nullable Permission granted;
    private @Nullable Decision decision;

    /**
     * @param requestId the id that the answer carries
     * @param region the region that this server stands for
     */
    public RequestContext(
            String requestId, String region, Caller caller, Connection connection, Authorizer authorizer) {
        this(requestId, region, caller, connection, authorizer, null);
    }

    /** @param credential the id of the access key or token by which the caller proved itself */
    public RequestContext(
            String requestId,
            String region,
            Caller caller,
            Connection connection,
            Authorizer authorizer,
            @Nullable String credential) {
        this(requestId, region, caller, connection, authorizer, credential, () -> caller);
    }

    /** @param current gives the caller as it is by then; throws where its credentials are not accepted any more */
    public RequestContext(
            String requestId,
            String region,
            Caller caller,
            Connection connection,
            Authorizer authorizer,
            @Nullable String credential,
            Supplier<Caller> current) {
        this.current = current;
        this.credential = credential;
        this.requestId = requestId;
        this.region = region;
        this.caller = caller;
        this.connection = connection;
        this.authorizer = authorizer;
    }

    /** The same request from the same caller, about which nothing is decided. */
    public RequestContext anew() {
        return new RequestContext(requestId, region, caller, connection, authorizer, credential, current);
    }

    /**
     * The same request from the caller as it is now, about which nothing is decided: for a request that is served for
     * minutes.
     *
     * @throws AwsException where the caller's credentials are not accepted any more
     */
    public RequestContext renewed() {
        return new RequestContext(requestId, region, current.get(), connection, authorizer, credential, current);
    }

    /** @throws AwsException AccessDeniedException where the caller may not do it */
    public void require(Permission permission) {
        decision = authorizer.authorize(this, permission);
        granted = permission;
        decided = true;
    }

    /** Says that the request needs no permission, or that it was decided on otherwise. */
    public void requireNothing() {
        decided = true;
    }

    /** Whether somebody decided that the request may be served. */
    public boolean isDecided() {
        return decided;
    }

    /** The last permission that was granted to this request; null where it needed none. */
    public @Nullable Permission granted() {
        return granted;
    }

    /** What granted it. */
    public @Nullable Decision decision() {
        return decision;
    }

    public String requestId() {
        return requestId;
    }

    public String region() {
        return region;
    }

    public Caller caller() {
        return caller;
    }

    public Connection connection() {
        return connection;
    }

    /** The id of the access key or token by which the caller proved itself; null where there is none. */
    public @Nullable String credential() {
        return credential;
    }

    /** The twelve digits of the caller's account; empty where the caller is anonymous. */
    public String accountId() {
        return caller.accountId();
    }

    public String principalArn() {
        return caller.arn();
    }
}
