package io.riacho.protocol.audit;

import io.riacho.policy.Decision;
import io.riacho.protocol.AwsException;
import io.riacho.protocol.Permission;
import io.riacho.protocol.RequestContext;

/** Keeps what a security officer asks for afterwards. It never sees data or secrets. Safe for use by many threads. */
public interface AuditLog {

    /** A request was refused by policy. */
    void denied(RequestContext context, Permission permission, Decision decision);

    /** A request that changes more than records was served. */
    void changed(RequestContext context, String service, String operation);

    /** A request's credentials were not accepted. */
    void failed(FailedAuthentication failure);

    /** A connection to a private endpoint was closed at once, because the endpoint is not for its network. */
    void cutOff(String endpointId, String sourceIp);

    /**
     * Called before a change is begun.
     *
     * @throws AwsException ServiceUnavailable where changes have to be audited and cannot be now
     */
    void requireReady();
}
