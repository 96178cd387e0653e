package io.riacho.protocol.authority;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import io.riacho.policy.NamedPolicy;
import io.riacho.policy.PolicyDocument;
import io.riacho.policy.PolicyKind;
import io.riacho.policy.PolicySet;
import io.riacho.policy.Principal;
import io.riacho.policy.PrincipalType;
import io.riacho.protocol.Caller;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A {@link Caller} as auth-service tells it. Documents are compiled once for their text, since the same ones come again
 * and again. Safe for use by many threads.
 */
public final class CallerJson {

    private static final int MAX_DOCUMENTS = 10_000;

    private final JsonMapper json = JsonMapper.shared();
    private final LoadingCache<Text, PolicyDocument> documents =
            Caffeine.newBuilder().maximumSize(MAX_DOCUMENTS).build(text -> PolicyDocument.parse(text.text, text.kind));

    public ObjectNode write(Caller caller) {
        ObjectNode node = json.createObjectNode();
        Principal principal = caller.principal();
        node.putObject("principal")
                .put("arn", principal.arn())
                .put("accountId", principal.accountId())
                .put("type", principal.type().name())
                .put("issuerArn", principal.issuerArn())
                .put("provider", principal.provider());
        node.put("userId", caller.userId());
        ObjectNode keys = node.putObject("keys");
        caller.keys().forEach((key, values) -> values.forEach(keys.putArray(key)::add));
        write(node, "identity", caller.policies().identity());
        write(node, "boundary", caller.policies().boundary());
        write(node, "session", caller.policies().session());
        return node;
    }

    private static void write(ObjectNode node, String name, @Nullable List<NamedPolicy> policies) {
        if (policies == null) {
            return;
        }
        ArrayNode array = node.putArray(name);
        for (NamedPolicy policy : policies) {
            array.addObject()
                    .put("name", policy.name())
                    .put("kind", policy.document().kind().name())
                    .put("text", policy.document().text());
        }
    }

    /** @throws IllegalArgumentException where it is no caller: the two sides do not fit together */
    Caller read(JsonNode node) {
        JsonNode principal = node.path("principal");
        Map<String, List<String>> keys = new LinkedHashMap<>();
        node.path("keys")
                .properties()
                .forEach(key -> keys.put(
                        key.getKey(),
                        key.getValue().values().stream()
                                .map(JsonNode::stringValue)
                                .toList()));
        List<NamedPolicy> identity = policies(node, "identity");
        return new Caller(
                new Principal(
                        text(principal, "arn"),
                        text(principal, "accountId"),
                        PrincipalType.valueOf(text(principal, "type")),
                        principal.path("issuerArn").stringValue(null),
                        principal.path("provider").stringValue(null)),
                text(node, "userId"),
                keys,
                PolicySet.ofIdentity(identity == null ? List.of() : identity)
                        .withBoundary(policies(node, "boundary"))
                        .withSession(policies(node, "session")));
    }

    private @Nullable List<NamedPolicy> policies(JsonNode node, String name) {
        if (!node.has(name)) {
            return null;
        }
        List<NamedPolicy> policies = new ArrayList<>();
        for (JsonNode policy : node.path(name)) {
            Text text = new Text(PolicyKind.valueOf(text(policy, "kind")), text(policy, "text"));
            policies.add(new NamedPolicy(text(policy, "name"), documents.get(text)));
        }
        return policies;
    }

    static String text(JsonNode node, String name) {
        JsonNode value = node.path(name);
        if (!value.isString()) {
            throw new IllegalArgumentException("auth-service's answer has no " + name);
        }
        return value.stringValue();
    }

    private record Text(PolicyKind kind, String text) {}
}
