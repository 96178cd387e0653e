package io.riacho.protocol.authority;

import io.riacho.protocol.BearerTokens;
import io.riacho.protocol.Caller;
import java.io.IOException;
import java.util.Optional;
import java.util.function.LongSupplier;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Has auth-service verify bearer tokens. */
final class RemoteBearerTokens implements BearerTokens {

    static final String PATH = "/v1/authority/bearer-tokens";

    private final AuthorityClient client;
    private final CallerJson callers;
    private final FreshAnswers<String, Optional<Caller>> answers;

    /** @param changes grows as identities change */
    RemoteBearerTokens(AuthorityClient client, CallerJson callers, LongSupplier changes) {
        this.client = client;
        this.callers = callers;
        this.answers = new FreshAnswers<>(changes, this::ask);
    }

    @Override
    public Optional<Caller> find(String token) {
        return answers.get(token);
    }

    private Optional<Caller> ask(String token) throws IOException {
        JsonNode answer =
                client.ask(PATH, JsonMapper.shared().createObjectNode().put("token", token));
        return answer.has("caller") ? Optional.of(callers.read(answer.path("caller"))) : Optional.empty();
    }
}
