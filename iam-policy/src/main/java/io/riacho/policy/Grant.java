package io.riacho.policy;

/** How far a policy's statements are about the caller; more counts for more. */
enum Grant {
    NONE,
    /** About the caller's account, which has to say more by its own policies. */
    ACCOUNT,
    /** About whom the session belongs to: the role, or the user that federated. */
    ISSUER,
    /** About the caller itself, or everyone. */
    DIRECT
}
