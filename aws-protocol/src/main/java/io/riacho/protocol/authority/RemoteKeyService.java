package io.riacho.protocol.authority;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import io.riacho.policy.NamedPolicy;
import io.riacho.policy.PolicyDocument;
import io.riacho.policy.PolicyKind;
import io.riacho.protocol.AwsException;
import io.riacho.protocol.key.DataKey;
import io.riacho.protocol.key.KeyDescription;
import io.riacho.protocol.key.KeyException;
import io.riacho.protocol.key.KeyException.Reason;
import io.riacho.protocol.key.KeyService;
import java.io.IOException;
import java.util.Base64;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The keys that auth-service keeps. Descriptions are remembered as callers are. */
final class RemoteKeyService implements KeyService {

    static final String DESCRIBE = "/v1/authority/keys/describe";
    static final String GENERATE = "/v1/authority/keys/data-keys";
    static final String UNWRAP = "/v1/authority/keys/unwrap";

    private static final int MAX_POLICIES = 1_000;

    private final AuthorityClient client;
    private final FreshAnswers<String, Described> descriptions = new FreshAnswers<>(() -> 0, this::ask);
    private final LoadingCache<String, PolicyDocument> policies = Caffeine.newBuilder()
            .maximumSize(MAX_POLICIES)
            .build(text -> PolicyDocument.parse(text, PolicyKind.RESOURCE));

    RemoteKeyService(AuthorityClient client) {
        this.client = client;
    }

    @Override
    public KeyDescription describe(String keyId) {
        Described described;
        try {
            described = descriptions.get(keyId);
        } catch (AwsException e) {
            throw new KeyException(Reason.UNAVAILABLE, e.getMessage());
        }
        if (described.description == null) {
            throw new KeyException(described.reason, described.message);
        }
        return described.description;
    }

    @Override
    public DataKey generateDataKey(String keyId, Map<String, String> context) {
        JsonNode answer = call(GENERATE, question(context).put("keyId", keyId));
        return new DataKey(CallerJson.text(answer, "keyArn"), bytes(answer, "plaintext"), bytes(answer, "wrapped"));
    }

    @Override
    public byte[] unwrap(byte[] wrapped, Map<String, String> context) {
        return bytes(
                call(
                        UNWRAP,
                        question(context).put("wrapped", Base64.getEncoder().encodeToString(wrapped))),
                "plaintext");
    }

    private Described ask(String keyId) throws IOException {
        JsonNode answer =
                client.ask(DESCRIBE, JsonMapper.shared().createObjectNode().put("keyId", keyId));
        KeyException error = error(answer);
        if (error != null) {
            return new Described(null, error.reason(), String.valueOf(error.getMessage()));
        }
        NamedPolicy policy =
                new NamedPolicy(CallerJson.text(answer, "policyName"), policies.get(CallerJson.text(answer, "policy")));
        return new Described(
                new KeyDescription(
                        CallerJson.text(answer, "arn"),
                        CallerJson.text(answer, "accountId"),
                        CallerJson.text(answer, "state"),
                        policy),
                Reason.UNAVAILABLE,
                "");
    }

    private JsonNode call(String path, ObjectNode question) {
        try {
            JsonNode answer = client.ask(path, question);
            KeyException error = error(answer);
            if (error != null) {
                throw error;
            }
            return answer;
        } catch (IOException e) {
            throw new KeyException(Reason.UNAVAILABLE, "The key service does not answer: " + e.getMessage());
        }
    }

    private static @Nullable KeyException error(JsonNode answer) {
        JsonNode error = answer.path("error");
        return error.isObject()
                ? new KeyException(Reason.valueOf(CallerJson.text(error, "type")), CallerJson.text(error, "message"))
                : null;
    }

    private static ObjectNode question(Map<String, String> context) {
        ObjectNode question = JsonMapper.shared().createObjectNode();
        ObjectNode pairs = question.putObject("context");
        context.forEach(pairs::put);
        return question;
    }

    private static byte[] bytes(JsonNode answer, String name) {
        return Base64.getDecoder().decode(CallerJson.text(answer, name));
    }

    private record Described(@Nullable KeyDescription description, Reason reason, String message) {}
}
