package io.riacho.policy;

/** What a policy is attached to, which decides what it may say and how it combines with others. */
public enum PolicyKind {
    /** Of a user, group or role: grants. Has no {@code Principal}. */
    IDENTITY("an identity-based policy", "identity-based policy"),
    /** Of a resource, such as a stream or a key: grants to the principals that it names. */
    RESOURCE("a resource-based policy", "resource-based policy"),
    /** A role's: says who may assume it. Has principals, but no {@code Resource}. */
    TRUST("the role trust policy", "role trust policy"),
    /** Handed over when a session was begun: limits what the session may do. */
    SESSION("a session policy", "session policy"),
    /** Limits what the identity policies of a user or role may grant. */
    BOUNDARY("a permissions boundary", "permissions boundary"),
    /** Of the door that a request comes through: limits what goes through it. */
    ENDPOINT("a VPC endpoint policy", "VPC endpoint policy");

    private final String denying;
    private final String missing;

    PolicyKind(String denying, String missing) {
        this.denying = denying;
        this.missing = missing;
    }

    /** As in "with an explicit deny in an identity-based policy". */
    String denying() {
        return denying;
    }

    /** As in "because no identity-based policy allows". */
    String missing() {
        return missing;
    }

    /** Whether documents of this kind say whom they are about. */
    boolean namesPrincipals() {
        return this == RESOURCE || this == TRUST || this == ENDPOINT;
    }
}
