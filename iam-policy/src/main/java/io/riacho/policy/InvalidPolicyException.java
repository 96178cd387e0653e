package io.riacho.policy;

import java.util.List;
import java.util.stream.Collectors;

/** A policy document that breaks the language's rules. */
public final class InvalidPolicyException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient List<PolicyError> errors;

    InvalidPolicyException(List<PolicyError> errors) {
        super(errors.stream().map(PolicyError::toString).collect(Collectors.joining("; ")), null, false, false);
        this.errors = List.copyOf(errors);
    }

    /** Never empty, in the order of the document; at most 100. */
    public List<PolicyError> errors() {
        return errors;
    }

    /** Every error with its place, on one line. */
    @Override
    public String getMessage() {
        return String.valueOf(super.getMessage());
    }
}
