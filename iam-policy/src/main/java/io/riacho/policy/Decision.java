package io.riacho.policy;

import org.jspecify.annotations.Nullable;

/**
 * Whether a request may go on, and what decided that.
 *
 * @param action as it was asked
 * @param kind of the policy that decided: the one that allowed or denied, or, for an implicit deny, the first kind that
 *     should have allowed and did not; null where the account itself was let in without any policy
 * @param policy the name of the policy that allowed or denied; null for an implicit deny
 * @param sid of the statement that allowed or denied; null where it has none
 * @param statement its index in the policy, from 0; -1 for none
 */
public record Decision(
        Outcome outcome,
        String action,
        @Nullable PolicyKind kind,
        @Nullable String policy,
        @Nullable String sid,
        int statement) {

    /** How a request ends. */
    public enum Outcome {
        ALLOWED,
        EXPLICIT_DENY,
        /** Nothing denied it, but nothing allowed it either. */
        IMPLICIT_DENY
    }

    public boolean isAllowed() {
        return outcome == Outcome.ALLOWED;
    }

    /**
     * The end of AWS's sentence "User: … is not authorized to perform: … on resource: …", such as "because no
     * identity-based policy allows the kinesis:PutRecord action"; empty where the request is allowed.
     */
    public String reason() {
        if (kind == null) {
            return "";
        }
        return switch (outcome) {
            case ALLOWED -> "";
            case EXPLICIT_DENY -> "with an explicit deny in " + kind.denying();
            case IMPLICIT_DENY -> "because no " + kind.missing() + " allows the " + action + " action";
        };
    }
}
