package io.riacho.policy;

import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** IAM's rules once more, as plainly as they can be written, for {@link PolicyEvaluatorProperties}. */
final class ReferenceEvaluator {

    /** A statement as generated; {@code principals} is empty for one that names none. */
    record Rule(
            boolean allow,
            boolean notAction,
            List<String> actions,
            boolean notPrincipal,
            List<String> principals,
            boolean notResource,
            List<String> resources,
            List<Test> tests) {}

    /** One condition; keys are in lower case. */
    record Test(String quantifier, String operator, boolean ifExists, String key, List<String> values) {}

    record Case(
            Principal principal,
            String action,
            String resource,
            String owner,
            Map<String, List<String>> context,
            List<Rule> identity,
            @Nullable List<Rule> boundary,
            @Nullable List<Rule> session,
            @Nullable List<Rule> resourcePolicy,
            @Nullable List<Rule> endpoint,
            boolean grantRequired) {}

    private final Case of;

    ReferenceEvaluator(Case of) {
        this.of = of;
    }

    /** {@code DENY}, {@code ALLOW} or {@code NONE}. */
    String decide() {
        if (says(of.identity(), false, "any")
                || says(of.boundary(), false, "any")
                || says(of.session(), false, "any")
                || says(of.resourcePolicy(), false, "any")
                || says(of.endpoint(), false, "any")) {
            return "DENY";
        }
        boolean inEndpoint = of.endpoint() == null || says(of.endpoint(), true, "any");
        return inEndpoint && isAllowed() ? "ALLOW" : "NONE";
    }

    private boolean isAllowed() {
        PrincipalType type = of.principal().type();
        boolean root = type == PrincipalType.ROOT;
        boolean identity = root || says(of.identity(), true, "any");
        boolean boundary = of.boundary() == null || says(of.boundary(), true, "any");
        boolean session = of.session() == null ? type != PrincipalType.FEDERATED_USER : says(of.session(), true, "any");
        boolean anyGrant = says(of.resourcePolicy(), true, "any");
        if (of.principal().accountId().isEmpty()) {
            return anyGrant;
        }
        if (!of.principal().accountId().equals(of.owner())) {
            return identity && boundary && session && anyGrant;
        }
        boolean narrowed = of.session() != null && (root || type == PrincipalType.USER);
        boolean direct = says(of.resourcePolicy(), true, "self") && !narrowed;
        boolean throughIssuer =
                says(of.resourcePolicy(), true, "issuer") || (narrowed && says(of.resourcePolicy(), true, "self"));
        boolean identityCounts = !of.grantRequired() || anyGrant;
        return direct || (throughIssuer && boundary && session) || (identityCounts && identity && boundary && session);
    }

    /** Whether a rule of that effect matches, and names the caller in that way. */
    private boolean says(@Nullable List<Rule> rules, boolean allow, String way) {
        return rules != null
                && rules.stream()
                        .anyMatch(rule -> rule.allow() == allow
                                && rule.notAction() != rule.actions().stream().anyMatch(this::isAction)
                                && isPrincipal(rule, way)
                                && isResource(rule)
                                && rule.tests().stream().allMatch(test -> holds(test, allow)));
    }

    private boolean isAction(String pattern) {
        return glob(pattern, false).matcher(of.action()).matches();
    }

    private boolean isPrincipal(Rule rule, String way) {
        if (rule.principals().isEmpty()) {
            return true;
        }
        boolean self = rule.principals().stream().anyMatch(this::isSelf);
        boolean issuer = of.principal().issuerArn() != null
                && rule.principals().contains(of.principal().issuerArn());
        boolean account = !of.principal().accountId().isEmpty()
                && rule.principals().contains(of.principal().accountId());
        if (rule.notPrincipal()) {
            return rule.allow() ? !self && !issuer && !account : !self;
        }
        return switch (way) {
            case "self" -> self;
            case "issuer" -> issuer;
            default -> self || issuer || account;
        };
    }

    private boolean isSelf(String name) {
        return name.equals("*")
                || name.equals(of.principal().arn())
                || (of.principal().type() == PrincipalType.ROOT
                        && name.equals(of.principal().accountId()));
    }

    private boolean isResource(Rule rule) {
        boolean unknown = false;
        for (String pattern : rule.resources()) {
            String resolved = resolve(pattern);
            if (resolved == null) {
                unknown = true;
            } else if (resolved.equals("*")
                    || resourceGlob(resolved).matcher(of.resource()).matches()) {
                return !rule.notResource();
            }
        }
        return rule.notResource() && !(unknown && rule.allow());
    }

    private boolean holds(Test test, boolean allow) {
        List<String> actual = of.context().get(test.key());
        if (test.operator().equals("Null")) {
            return test.values().contains(String.valueOf(actual == null || actual.isEmpty()));
        }
        if (actual == null && test.ifExists()) {
            return true;
        }
        boolean all = test.quantifier().equals("ForAllValues:");
        boolean any = test.quantifier().equals("ForAnyValue:");
        if (actual == null
                || actual.isEmpty()
                || ((all || any) && String.join("", actual).isEmpty())) {
            return all || (!any && test.operator().contains("Not"));
        }
        return all || (!any && allow)
                ? actual.stream().allMatch(value -> satisfies(test, value, allow))
                : actual.stream().anyMatch(value -> satisfies(test, value, allow));
    }

    private boolean satisfies(Test test, String actual, boolean allow) {
        boolean unknown = false;
        boolean found = false;
        for (String value : test.values()) {
            String resolved = resolve(value);
            unknown |= resolved == null;
            found |= resolved != null && isOne(test.operator().replace("Not", ""), resolved, actual);
        }
        return test.operator().contains("Not") ? !found && !(unknown && allow) : found;
    }

    private static boolean isOne(String operator, String value, String actual) {
        return switch (operator) {
            case "StringEquals" -> value.replace("\\", "").equals(actual);
            case "StringEqualsIgnoreCase" -> value.replace("\\", "").equalsIgnoreCase(actual);
            case "StringLike" -> glob(value, true).matcher(actual).matches();
            case "NumericLessThan" -> actual.matches("\\d+") && Integer.parseInt(actual) < Integer.parseInt(value);
            case "Bool" -> actual.equals(value);
            default -> throw new IllegalArgumentException(operator);
        };
    }

    /** With the variable's own characters escaped by a backslash; null where it has no value. */
    private @Nullable String resolve(String text) {
        Matcher variable = Pattern.compile("\\$\\{([^}]*)\\}").matcher(text);
        if (!variable.find()) {
            return text;
        }
        List<String> values = of.context().get(variable.group(1));
        return values == null || values.size() != 1
                ? null
                : text.replace(variable.group(), values.getFirst().replaceAll("(.)", "\\\\$1"));
    }

    private static Pattern glob(String pattern, boolean caseSensitive) {
        StringBuilder regex = new StringBuilder();
        for (int i = 0; i < pattern.length(); i++) {
            char c = pattern.charAt(i);
            switch (c) {
                case '\\' -> regex.append(Pattern.quote(String.valueOf(pattern.charAt(++i))));
                case '*' -> regex.append(".*");
                case '?' -> regex.append('.');
                default -> regex.append(Pattern.quote(String.valueOf(c)));
            }
        }
        return Pattern.compile(regex.toString(), caseSensitive ? 0 : Pattern.CASE_INSENSITIVE);
    }

    private static Pattern resourceGlob(String pattern) {
        StringBuilder regex = new StringBuilder();
        int colons = 0;
        for (int i = 0; i < pattern.length(); i++) {
            char c = pattern.charAt(i);
            boolean last = i + 1 == pattern.length() || pattern.charAt(i + 1) == ':';
            boolean anywhere = colons >= 5;
            switch (c) {
                case '\\' -> regex.append(Pattern.quote(String.valueOf(pattern.charAt(++i))));
                case '*' -> regex.append(anywhere || last ? ".*" : "[^:]*");
                case '?' -> regex.append(anywhere ? "." : "[^:]");
                default -> regex.append(Pattern.quote(String.valueOf(c)));
            }
            colons += c == ':' ? 1 : 0;
        }
        return Pattern.compile(regex.toString());
    }
}
