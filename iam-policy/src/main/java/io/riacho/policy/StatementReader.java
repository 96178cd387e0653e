package io.riacho.policy;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads the statements of one policy document. */
final class StatementReader {

    /** Of a single action, resource or condition value; an ARN has no more. */
    static final int MAX_VALUE_LENGTH = 2048;

    private static final Set<String> ELEMENTS = Set.of(
            "Sid",
            "Effect",
            "Principal",
            "NotPrincipal",
            "Action",
            "NotAction",
            "Resource",
            "NotResource",
            "Condition");

    private final PolicyKind kind;
    private final PolicyVersion version;
    private final PolicyErrors errors;
    private final ConditionReader conditionReader;

    StatementReader(PolicyKind kind, PolicyVersion version, PolicyErrors errors) {
        this.kind = kind;
        this.version = version;
        this.errors = errors;
        this.conditionReader = new ConditionReader(version, errors);
    }

    Statement read(int index, Json.Obj statement) {
        Map<String, Json.Member> elements = new HashMap<>();
        for (Json.Member member : statement.members()) {
            if (ELEMENTS.contains(member.name())) {
                elements.put(member.name(), member);
            } else {
                PolicyReader.unknown(member, ELEMENTS, errors);
            }
        }
        boolean notActions = elements.containsKey("NotAction");
        boolean notResources = elements.containsKey("NotResource");
        Json.Member condition = elements.get("Condition");
        return new Statement(
                index,
                sid(elements.get("Sid")),
                effect(elements.get("Effect"), statement.at()),
                statement.at(),
                statement.end(),
                actions(either(elements, "Action", "NotAction"), statement.at()),
                notActions,
                principals(either(elements, "Principal", "NotPrincipal"), statement.at()),
                resources(either(elements, "Resource", "NotResource"), statement.at()),
                notResources,
                condition == null ? List.of() : conditionReader.read(condition));
    }

    /** The member that is there, of two that exclude each other. */
    private Json.@Nullable Member either(Map<String, Json.Member> elements, String name, String negated) {
        Json.Member member = elements.get(name);
        Json.Member negatedMember = elements.get(negated);
        if (member != null && negatedMember != null) {
            errors.syntax(negatedMember.at(), "A statement must not contain both " + name + " and " + negated);
        }
        return member == null ? negatedMember : member;
    }

    private @Nullable String sid(Json.@Nullable Member member) {
        if (member == null) {
            return null;
        }
        String sid = PolicyReader.text(member, errors);
        // Resources are freer than IAM: KMS's own default key policy has an id with spaces.
        boolean isFree = kind == PolicyKind.RESOURCE || kind == PolicyKind.ENDPOINT;
        if (sid != null && !sid.chars().allMatch(c -> isAlphanumeric(c) || (isFree && c >= ' ' && c <= '~'))) {
            errors.add(
                    member.value().at(),
                    "Statement IDs (SID) must be alpha-numeric. Check that your input satisfies the regular expression "
                            + (isFree ? "[ -~]*" : "[0-9A-Za-z]*"));
        }
        return sid;
    }

    private Effect effect(Json.@Nullable Member member, SourcePosition statementAt) {
        if (member == null) {
            errors.syntax(statementAt, "Missing required field Effect");
            return Effect.DENY;
        }
        if (member.value() instanceof Json.Text(var _, String text)) {
            switch (text) {
                case "Allow" -> {
                    return Effect.ALLOW;
                }
                case "Deny" -> {
                    return Effect.DENY;
                }
                default -> {}
            }
        }
        errors.syntax(member.value().at(), "Effect must be \"Allow\" or \"Deny\"");
        return Effect.DENY;
    }

    private List<Glob> actions(Json.@Nullable Member member, SourcePosition statementAt) {
        List<Glob> actions = new ArrayList<>();
        for (Json.Text text : texts(member, statementAt, "Policy statement must contain actions.")) {
            checkAction(text.value(), text.at());
            actions.add(new Glob(Glob.tokens(text.value()), true));
        }
        return actions;
    }

    private void checkAction(String action, SourcePosition at) {
        if (kind == PolicyKind.TRUST && !action.toLowerCase(Locale.ROOT).startsWith("sts:")) {
            errors.add(at, "AssumeRole policy may only specify STS AssumeRole actions.");
            return;
        }
        if (action.equals("*")) {
            return;
        }
        int colon = action.indexOf(':');
        if (colon < 0) {
            errors.add(at, "Actions/Conditions must be prefaced by a vendor, e.g., iam, sdb, ec2, etc.");
            return;
        }
        if (action.indexOf(':', colon + 1) >= 0) {
            errors.add(at, "Actions/Condition can contain only one colon.");
        }
        String vendor = action.substring(0, colon);
        if (!vendor.equals("*")
                && (vendor.isEmpty() || !vendor.chars().allMatch(c -> isAlphanumeric(c) || c == '-' || c == '.'))) {
            errors.add(at, "Vendor " + PolicyErrors.shorten(vendor) + " is not valid");
        }
    }

    private @Nullable PrincipalElement principals(Json.@Nullable Member member, SourcePosition statementAt) {
        if (!kind.namesPrincipals()) {
            if (member != null) {
                errors.add(member.at(), "Policy document should not specify a principal.");
            }
            return null;
        }
        if (member == null) {
            if (kind != PolicyKind.ENDPOINT) {
                errors.add(statementAt, "Missing required field Principal");
            }
            return null;
        }
        return new PrincipalReader(errors).read(member);
    }

    private @Nullable List<Pattern> resources(Json.@Nullable Member member, SourcePosition statementAt) {
        if (kind == PolicyKind.TRUST) {
            if (member != null) {
                errors.add(member.at(), "Has prohibited field " + member.name());
            }
            return null;
        }
        List<Pattern> resources = new ArrayList<>();
        for (Json.Text text : texts(member, statementAt, "Policy statement must contain resources.")) {
            checkResource(text.value(), text.at());
            Template template = version == PolicyVersion.V2012
                    ? Template.parse(text.value(), true, text.at(), errors)
                    : Template.literal(text.value(), true);
            resources.add(new Pattern(template, Pattern.Style.RESOURCE));
        }
        return resources;
    }

    /** IAM's own rules, without those about single services. */
    private void checkResource(String resource, SourcePosition at) {
        if (resource.equals("*")) {
            return;
        }
        String[] parts = resource.split(":", 6);
        String quoted = PolicyErrors.shorten(resource);
        if (parts.length == 1 || !parts[0].equals("arn")) {
            errors.add(at, "Resource " + quoted + " must be in ARN format or \"*\".");
            return;
        }
        if (!isPartition(parts[1])) {
            errors.add(
                    at,
                    "Partition \"" + PolicyErrors.shorten(parts[1]) + "\" is not valid for resource \"" + quoted
                            + "\".");
            return;
        }
        if (parts.length < 3 || parts[2].isEmpty() || hasWildcard(parts[2])) {
            errors.add(at, "Resource vendor must be fully qualified and cannot contain regexes.");
            return;
        }
        if (parts.length < 6 && !resource.endsWith("*")) {
            errors.add(at, "Resource " + quoted + " must have six parts, or end in a wildcard.");
        }
        if (version == PolicyVersion.V2012) {
            for (int i = 2; i < Math.min(parts.length, 5); i++) {
                if (parts[i].contains("${")) {
                    errors.add(
                            at, "Resource " + quoted + " must not contain a policy variable before its fifth colon.");
                    return;
                }
            }
        }
    }

    /** @param missing the error where there are none */
    private List<Json.Text> texts(Json.@Nullable Member member, SourcePosition statementAt, String missing) {
        if (member == null) {
            errors.add(statementAt, missing);
            return List.of();
        }
        List<Json> items = Json.items(member.value());
        if (items.isEmpty()) {
            errors.add(member.value().at(), missing);
        }
        List<Json.Text> texts = new ArrayList<>();
        for (Json item : items) {
            if (!(item instanceof Json.Text text)) {
                errors.syntax(item.at(), member.name() + " must be a string, or a list of strings");
            } else if (text.value().length() > MAX_VALUE_LENGTH) {
                errors.add(text.at(), member.name() + " is longer than " + MAX_VALUE_LENGTH + " characters");
            } else {
                texts.add(text);
            }
        }
        return texts;
    }

    private static boolean isPartition(String text) {
        return text.equals("aws")
                || (text.startsWith("aws-") && text.chars().allMatch(c -> c >= 'a' && c <= 'z' || c == '-'));
    }

    private static boolean hasWildcard(String text) {
        return text.indexOf('*') >= 0 || text.indexOf('?') >= 0;
    }

    private static boolean isAlphanumeric(int c) {
        return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    }
}
