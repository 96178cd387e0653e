package io.riacho.auth.kms.access;

import io.riacho.auth.kms.grant.ContextRule;
import io.riacho.auth.kms.grant.Grant;
import io.riacho.auth.kms.grant.GrantOperation;
import io.riacho.auth.kms.key.Key;
import io.riacho.auth.kms.key.KeyPolicies;
import io.riacho.policy.NamedPolicy;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A key's policy with the key's grants as further statements, by which a service decides whether the caller that it acts for
 * may use the key: so a grant counts there as it does for whoever calls KMS.
 */
final class ServicePolicy {

    /** What services ask for. */
    static final Set<GrantOperation> OPERATIONS = Set.of(GrantOperation.DECRYPT, GrantOperation.GENERATE_DATA_KEY);

    /** With the largest key policy, well below what a policy may have. */
    private static final int MOST_CHARACTERS = 64 * 1024;

    /** What one statement takes beside its grantees and constraints, at most. */
    private static final int STATEMENT = 200;

    private static final JsonMapper JSON = JsonMapper.shared();

    private final ObjectNode document;
    private final ArrayNode statements;
    private final Map<String, ArrayNode> granteesOfOperations = new TreeMap<>();
    private int characters;

    private ServicePolicy(Key key) {
        this.document = GrantedPolicy.copyOf(key);
        this.statements = (ArrayNode) document.path("Statement");
    }

    /** @param grants those beyond what a policy can hold are left out, and so grant nothing */
    static NamedPolicy of(Key key, List<Grant> grants, KeyPolicies policies) {
        if (grants.isEmpty()) {
            return key.policy();
        }
        ServicePolicy policy = new ServicePolicy(key);
        grants.forEach(grant -> policy.add(grant.terms()));
        return policies.of(key.arn(), JSON.writeValueAsString(policy.document));
    }

    private void add(Grant.Terms terms) {
        List<String> actions = terms.operationNames().stream()
                .filter(name ->
                        GrantOperation.named(name).filter(OPERATIONS::contains).isPresent())
                .map(name -> "kms:" + name)
                .toList();
        ContextRule rule = terms.rule();
        characters += terms.grantee().length() + 3;
        if (rule == null) {
            ArrayNode grantees = granteesOfOperations.get(actions.toString());
            if (grantees == null) {
                characters += STATEMENT;
            }
            if (characters <= MOST_CHARACTERS) {
                if (grantees == null) {
                    grantees = allow(actions).putObject("Principal").putArray("AWS");
                    granteesOfOperations.put(actions.toString(), grantees);
                }
                grantees.add(terms.grantee());
            }
        } else if (rule.pairs().keySet().stream().allMatch(ServicePolicy::canBeAConditionKey)) {
            ObjectNode condition = condition(rule);
            characters += STATEMENT + condition.toString().length();
            if (characters <= MOST_CHARACTERS) {
                ObjectNode statement = allow(actions);
                statement.putObject("Principal").put("AWS", terms.grantee());
                statement.set("Condition", condition);
            }
        }
    }

    private ObjectNode allow(List<String> actions) {
        ObjectNode statement = statements.addObject();
        statement.put("Effect", "Allow").put("Resource", "*");
        actions.forEach(statement.putArray("Action")::add);
        return statement;
    }

    private ObjectNode condition(ContextRule rule) {
        ObjectNode condition = JSON.createObjectNode();
        ObjectNode equal = condition.putObject("StringEquals");
        rule.pairs().forEach((key, value) -> equal.put("kms:EncryptionContext:" + key, literal(value)));
        if (rule.isExact()) {
            ArrayNode keys = condition.putObject("ForAllValues:StringEquals").putArray("kms:EncryptionContextKeys");
            rule.pairs().keySet().forEach(keys::add);
        }
        return condition;
    }

    /** The value of a context is no text with variables. */
    private String literal(String value) {
        return document.path("Version").asString("").equals("2012-10-17") ? value.replace("$", "${$}") : value;
    }

    /**
     * The case of a condition key does not matter, that of a context's key does. What services encrypt has lower-case keys,
     * so a grant that asks for another one is about something else.
     */
    private static boolean canBeAConditionKey(String key) {
        return key.length() <= 256
                && key.chars()
                        .allMatch(c -> c >= 'a' && c <= 'z'
                                || c >= '0' && c <= '9'
                                || c == ':'
                                || c == '-'
                                || c == '_'
                                || c == '.'
                                || c == '/');
    }
}
