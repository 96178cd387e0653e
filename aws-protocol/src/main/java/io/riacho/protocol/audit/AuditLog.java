package io.riacho.protocol.audit;

import io.riacho.policy.Decision;
import io.riacho.protocol.Permission;
import io.riacho.protocol.RequestContext;

/** Keeps what a security officer asks for afterwards. It never sees data or secrets. Safe for use by many threads. */
public interface AuditLog {

    /** A request was refused by policy. */
    void denied(RequestContext context, Permission permission, Decision decision);

    /** A request that changes more than records was served. */
    void changed(RequestContext context, String service, String operation);
}
