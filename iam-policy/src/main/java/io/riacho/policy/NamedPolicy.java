package io.riacho.policy;

/**
 * A policy as it is attached to something.
 *
 * @param name shown in explanations: an ARN, or the name of an inline policy
 */
public record NamedPolicy(String name, PolicyDocument document) {}
