package io.riacho.policy;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads a policy document. See IAM's page "Grammar of the IAM JSON policy language". */
final class PolicyReader {

    private final PolicyKind kind;
    private final PolicyErrors errors = new PolicyErrors();

    PolicyReader(PolicyKind kind) {
        this.kind = kind;
    }

    PolicyDocument read(String text) {
        Json json = new JsonReader(errors).read(text);
        if (json != null && !(json instanceof Json.Obj)) {
            errors.syntax(json.at(), "A policy must be an object");
        }
        if (!(json instanceof Json.Obj policy)) {
            errors.throwIfAny();
            throw new IllegalStateException("A policy without a place for its error");
        }
        // Variables mean something in one version only, so it is read before the statements, wherever it stands.
        PolicyVersion version = PolicyVersion.V2008;
        String id = null;
        Json.Member statementMember = null;
        for (Json.Member member : policy.members()) {
            switch (member.name()) {
                case "Version" -> version = version(member.value());
                case "Id" -> id = text(member, errors);
                case "Statement" -> statementMember = member;
                default -> unknown(member, Set.of("Version", "Id", "Statement"), errors);
            }
        }
        List<Statement> statements = List.of();
        if (statementMember == null) {
            errors.syntax(policy.at(), "Missing required field Statement");
        } else {
            statements = statements(statementMember.value(), version);
        }
        errors.throwIfAny();
        return new PolicyDocument(text, kind, version, id, statements);
    }

    private PolicyVersion version(Json value) {
        if (value instanceof Json.Text(var _, String text)) {
            for (PolicyVersion version : PolicyVersion.values()) {
                if (version.text().equals(text)) {
                    return version;
                }
            }
        }
        errors.syntax(value.at(), "Version must be \"2008-10-17\" or \"2012-10-17\"");
        return PolicyVersion.V2012;
    }

    private List<Statement> statements(Json value, PolicyVersion version) {
        List<Json> items = Json.items(value);
        if (items.isEmpty()) {
            errors.syntax(value.at(), "A policy must contain a statement");
        }
        StatementReader reader = new StatementReader(kind, version, errors);
        Set<String> sids = new HashSet<>();
        List<Statement> statements = new ArrayList<>();
        for (Json item : items) {
            if (item instanceof Json.Obj object) {
                Statement statement = reader.read(statements.size(), object);
                String sid = statement.sid();
                if (sid != null && !sid.isEmpty() && !sids.add(sid)) {
                    errors.add(sidAt(object), "Statement IDs (SID) in a single policy must be unique.");
                }
                statements.add(statement);
            } else {
                errors.syntax(item.at(), "A statement must be an object");
            }
        }
        return statements;
    }

    private static SourcePosition sidAt(Json.Obj statement) {
        for (Json.Member member : statement.members()) {
            if (member.name().equals("Sid")) {
                return member.value().at();
            }
        }
        return statement.at();
    }

    /** @return null where the member is no text, which is then among the errors */
    static @Nullable String text(Json.Member member, PolicyErrors errors) {
        if (member.value() instanceof Json.Text(var _, String text)) {
            return text;
        }
        errors.syntax(member.value().at(), member.name() + " must be a string");
        return null;
    }

    static void unknown(Json.Member member, Set<String> known, PolicyErrors errors) {
        String name = PolicyErrors.shorten(member.name());
        for (String candidate : known) {
            if (candidate.equalsIgnoreCase(member.name())) {
                errors.syntax(member.at(), "Unknown element \"" + name + "\", did you mean \"" + candidate + "\"?");
                return;
            }
        }
        errors.syntax(member.at(), "Unknown element \"" + name + "\"");
    }
}
