package io.riacho.protocol.authorization;

import io.riacho.policy.AuthorizationRequest;
import io.riacho.policy.Decision;
import io.riacho.policy.PolicyEvaluator;
import io.riacho.policy.PolicySet;
import io.riacho.protocol.Authorizer;
import io.riacho.protocol.Caller;
import io.riacho.protocol.Permission;
import io.riacho.protocol.PrivateEndpoint;
import io.riacho.protocol.RequestContext;
import io.riacho.protocol.audit.AuditLog;
import java.time.InstantSource;

/**
 * Evaluates the caller's policies, the resource's and the endpoint's together, as IAM's evaluation logic does, and
 * audits what it denies.
 */
public final class PolicyAuthorizer implements Authorizer {

    private final PolicyEvaluator evaluator = new PolicyEvaluator();
    private final AuditLog audit;
    private final InstantSource clock;

    public PolicyAuthorizer(AuditLog audit, InstantSource clock) {
        this.audit = audit;
        this.clock = clock;
    }

    @Override
    public Decision authorize(RequestContext context, Permission permission) {
        Caller caller = context.caller();
        PolicySet policies = caller.policies();
        if (permission.needsResourceGrant()) {
            policies = policies.withRequiredResource(permission.resourcePolicy());
        } else if (permission.resourcePolicy() != null) {
            policies = policies.withResource(permission.resourcePolicy());
        }
        PrivateEndpoint endpoint = context.connection().endpoint();
        if (endpoint != null) {
            policies = policies.withEndpoint(endpoint.policy());
        }
        AuthorizationRequest request = new AuthorizationRequest(
                caller.principal(),
                permission.action(),
                permission.resource(),
                permission.accountId(),
                new RequestConditions(context, permission, clock));
        Decision decision = evaluator.decide(request, policies);
        if (!decision.isAllowed()) {
            audit.denied(context, permission, decision);
            throw AccessErrors.denied(caller, permission, decision);
        }
        return decision;
    }
}
