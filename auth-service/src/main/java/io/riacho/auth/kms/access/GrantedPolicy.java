package io.riacho.auth.kms.access;

import io.riacho.auth.kms.grant.Grant;
import io.riacho.auth.kms.grant.GrantOperation;
import io.riacho.auth.kms.key.Key;
import io.riacho.auth.kms.key.KeyPolicies;
import io.riacho.policy.Decision;
import io.riacho.policy.NamedPolicy;
import io.riacho.policy.PolicyKind;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A key's policy with one grant as its last statement: so a grant allows what a statement of the key policy would, and is
 * denied by what denies that.
 *
 * @param grantStatement the index of the statement that is the grant
 */
record GrantedPolicy(NamedPolicy policy, int grantStatement) {

    private static final JsonMapper JSON = JsonMapper.shared();

    static GrantedPolicy of(Key key, Grant grant, GrantOperation operation, KeyPolicies policies) {
        ObjectNode document = copyOf(key);
        ArrayNode statements = (ArrayNode) document.path("Statement");
        ObjectNode statement = statements.addObject();
        statement.put("Effect", "Allow");
        statement.putObject("Principal").put("AWS", grant.terms().grantee());
        statement.put("Action", "kms:" + operation.wireName());
        statement.put("Resource", "*");
        return new GrantedPolicy(policies.of(key.arn(), JSON.writeValueAsString(document)), statements.size() - 1);
    }

    /** A key's policy, for statements to be added to its list of them. */
    static ObjectNode copyOf(Key key) {
        ObjectNode document = (ObjectNode) JSON.readTree(key.policy().document().text());
        JsonNode given = document.path("Statement");
        if (!given.isArray()) {
            document.putArray("Statement").add(given);
        }
        return document;
    }

    boolean isDecidedByGrant(Decision decision) {
        return decision.kind() == PolicyKind.RESOURCE && decision.statement() == grantStatement;
    }
}
