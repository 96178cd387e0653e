package io.riacho.protocol;

import io.riacho.policy.Decision;

/** Decides by policies. Safe for use by many threads. */
@FunctionalInterface
public interface Authorizer {

    /**
     * @return the decision that allows it
     * @throws AwsException AccessDeniedException, with AWS's text, where it is not allowed
     */
    Decision authorize(RequestContext context, Permission permission);
}
