package io.riacho.policy;

/**
 * What is asked.
 *
 * @param action such as {@code kinesis:PutRecord}; case does not matter
 * @param resource the ARN, or {@code *} for an action that is not about one resource
 * @param resourceAccountId whose resource it is; the caller's own account for {@code *}
 * @param context only the keys that the caller of this module knows to be true
 */
public record AuthorizationRequest(
        Principal principal, String action, String resource, String resourceAccountId, ConditionContext context) {}
