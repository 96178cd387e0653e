package io.riacho.policy;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A parsed, validated, compiled policy document. Immutable, and safe for use by many threads. */
public final class PolicyDocument {

    private final String text;
    private final PolicyKind kind;
    private final PolicyVersion version;
    private final @Nullable String id;
    private final List<Statement> statements;

    PolicyDocument(
            String text, PolicyKind kind, PolicyVersion version, @Nullable String id, List<Statement> statements) {
        this.text = text;
        this.kind = kind;
        this.version = version;
        this.id = id;
        this.statements = List.copyOf(statements);
    }

    /**
     * Reads a document of up to 128 Ki characters; the smaller quotas of users, groups and roles are the caller's.
     *
     * @throws InvalidPolicyException with every error found, each with line and column
     */
    public static PolicyDocument parse(String json, PolicyKind kind) {
        return new PolicyReader(kind).read(json);
    }

    /** As given. */
    public String text() {
        return text;
    }

    public PolicyKind kind() {
        return kind;
    }

    /** {@code 2012-10-17}, or {@code 2008-10-17}, which is also meant where none is given. */
    public String version() {
        return version.text();
    }

    public @Nullable String id() {
        return id;
    }

    /** The condition keys that conditions and variables ask for, as they are first written, each once. */
    public Set<String> contextKeys() {
        Set<String> all = new LinkedHashSet<>();
        for (Statement statement : statements) {
            statement.addKeysTo(all);
        }
        Map<String, String> byLowerCase = new LinkedHashMap<>();
        for (String key : all) {
            byLowerCase.putIfAbsent(key.toLowerCase(Locale.ROOT), key);
        }
        return Collections.unmodifiableSet(new LinkedHashSet<>(byLowerCase.values()));
    }

    List<Statement> statements() {
        return statements;
    }

    @Override
    public String toString() {
        return kind + " policy of " + statements.size() + " statements";
    }
}
