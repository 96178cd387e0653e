package io.riacho.policy;

/** What kind of caller a {@link Principal} is. */
public enum PrincipalType {
    /** The account itself. */
    ROOT,
    /** An IAM user. */
    USER,
    /** A session of a role. */
    ASSUMED_ROLE,
    /** A session of a user that {@code GetFederationToken} began. */
    FEDERATED_USER,
    /** Somebody whom an identity provider vouches for and who is not (yet) a principal of any account. */
    FEDERATED,
    /** A service that acts for itself, such as {@code firehose.amazonaws.com}. */
    SERVICE,
    /** Nobody knows. */
    ANONYMOUS;

    /** Whether an account stands behind the caller, whose identity policies count. */
    boolean isOfAnAccount() {
        return this == ROOT || this == USER || this == ASSUMED_ROLE || this == FEDERATED_USER;
    }
}
