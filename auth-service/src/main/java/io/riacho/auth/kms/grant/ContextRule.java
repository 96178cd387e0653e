package io.riacho.auth.kms.grant;

import java.util.Map;

/**
 * What a grant asks of the encryption context.
 *
 * @param isExact whether the context has to be exactly that, or to hold at least that
 */
public record ContextRule(boolean isExact, Map<String, String> pairs) {

    public ContextRule {
        pairs = Map.copyOf(pairs);
    }

    boolean allows(Map<String, String> context) {
        return isExact ? context.equals(pairs) : context.entrySet().containsAll(pairs.entrySet());
    }

    /** Whether all that this rule allows, the other one allows too. */
    boolean isWithin(ContextRule other) {
        return other.isExact ? isExact && pairs.equals(other.pairs) : other.allows(pairs);
    }
}
