package io.riacho.protocol.authority;

import io.riacho.protocol.AwsException;
import io.riacho.protocol.DerivedKey;
import io.riacho.protocol.SigningKeys;
import java.io.IOException;
import java.time.LocalDate;
import java.util.Base64;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The signing keys that auth-service derives. */
final class RemoteSigningKeys implements SigningKeys {

    static final String PATH = "/v1/authority/signing-keys";

    private final AuthorityClient client;
    private final CallerJson callers;
    private final FreshAnswers<Scope, Found> answers;

    /** @param changes grows as identities change */
    RemoteSigningKeys(AuthorityClient client, CallerJson callers, LongSupplier changes) {
        this.client = client;
        this.callers = callers;
        this.answers = new FreshAnswers<>(changes, this::ask);
    }

    @Override
    public Optional<SigningKey> find(
            String accessKeyId, @Nullable String sessionToken, LocalDate date, String region, String service) {
        Found found = answers.get(new Scope(accessKeyId, sessionToken, date, region, service));
        if (found.error != null) {
            throw found.error;
        }
        return Optional.ofNullable(found.key);
    }

    private Found ask(Scope scope) throws IOException {
        ObjectNode question = JsonMapper.shared()
                .createObjectNode()
                .put("accessKeyId", scope.accessKeyId)
                .put("sessionToken", scope.sessionToken)
                .put("date", scope.date.toString())
                .put("region", scope.region)
                .put("service", scope.service);
        JsonNode answer = client.ask(PATH, question);
        JsonNode error = answer.path("error");
        if (error.isObject()) {
            return new Found(
                    null, AwsException.badRequest(CallerJson.text(error, "type"), CallerJson.text(error, "message")));
        }
        if (!answer.has("key")) {
            return new Found(null, null);
        }
        DerivedKey key = new DerivedKey(Base64.getDecoder().decode(CallerJson.text(answer, "key")));
        return new Found(new SigningKey(key, callers.read(answer.path("caller"))), null);
    }

    private record Found(@Nullable SigningKey key, @Nullable AwsException error) {}

    private record Scope(
            String accessKeyId, @Nullable String sessionToken, LocalDate date, String region, String service) {}
}
