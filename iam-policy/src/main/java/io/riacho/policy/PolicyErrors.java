package io.riacho.policy;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Gathers what is wrong with one document. */
final class PolicyErrors {

    static final int MAX_ERRORS = 100;
    private static final int MAX_QUOTED = 256;

    private final List<PolicyError> errors = new ArrayList<>();

    void add(SourcePosition at, String message) {
        if (errors.size() < MAX_ERRORS) {
            errors.add(new PolicyError(at.line(), at.column(), message));
        }
    }

    /** For what IAM calls by no better name. */
    void syntax(SourcePosition at, String detail) {
        add(at, "Syntax errors in policy. " + detail);
    }

    void throwIfAny() {
        if (!errors.isEmpty()) {
            errors.sort(Comparator.comparingInt(PolicyError::line).thenComparingInt(PolicyError::column));
            throw new InvalidPolicyException(errors);
        }
    }

    /** What was given, short enough for a message. */
    static String shorten(String given) {
        return given.length() <= MAX_QUOTED ? given : given.substring(0, MAX_QUOTED) + "...";
    }
}
