package io.riacho.policy;

import java.util.Set;

/** A parsed, validated, compiled policy document. Immutable, and safe for use by many threads. */
public final class PolicyDocument {

    private final String text;
    private final PolicyKind kind;

    private PolicyDocument(String text, PolicyKind kind) {
        this.text = text;
        this.kind = kind;
    }

    /**
     * @throws InvalidPolicyException with every error found, each with line and column
     */
    public static PolicyDocument parse(String json, PolicyKind kind) {
        return new PolicyDocument(json, kind);
    }

    /** As given. */
    public String text() {
        return text;
    }

    public PolicyKind kind() {
        return kind;
    }

    /** {@code 2008-10-17}, also where none is given, or {@code 2012-10-17}. */
    public String version() {
        throw new UnsupportedOperationException();
    }

    /** The condition keys that conditions and variables ask for, as they are written, each once. */
    public Set<String> contextKeys() {
        throw new UnsupportedOperationException();
    }
}
