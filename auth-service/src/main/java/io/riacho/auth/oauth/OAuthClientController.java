package io.riacho.auth.oauth;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.riacho.auth.rest.JsonBody;
import io.riacho.protocol.RequestContext;
import io.riacho.protocol.rest.RestBody;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** {@code /v1/oauth-clients}. */
@RestController
@RequestMapping("/v1/oauth-clients")
final class OAuthClientController {

    private final OAuthClients clients;

    OAuthClientController(OAuthClients clients) {
        this.clients = clients;
    }

    /** What is asked for. */
    record NewClient(
            @Nullable String name,
            @Nullable String principalArn,
            @Nullable Boolean isPublic,
            @Nullable List<String> redirectUris) {}

    /** A client as it is told. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Client(
            String clientId,
            String name,
            @Nullable String principalArn,
            boolean isPublic,
            List<String> redirectUris,
            String createdAt,
            @Nullable String clientSecret) {

        @Override
        public String toString() {
            return "Client[" + clientId + "]";
        }
    }

    /** A page of clients. */
    record Clients(List<Client> clients) {}

    @PostMapping
    @ResponseStatus(HttpStatus.CREATED)
    Client create(RequestContext context, RestBody body) {
        NewClient asked = JsonBody.read(body, NewClient.class);
        return of(clients.create(
                context,
                JsonBody.required("name", asked.name()),
                asked.principalArn(),
                Boolean.TRUE.equals(asked.isPublic()),
                asked.redirectUris() == null ? List.of() : asked.redirectUris()));
    }

    @GetMapping
    Clients list(RequestContext context, @RequestParam(defaultValue = "") String after) {
        return new Clients(clients.list(context, after).stream()
                .map(client -> of(client, null))
                .toList());
    }

    @GetMapping("/{name}")
    Client get(RequestContext context, @PathVariable String name) {
        return of(clients.get(context, name), null);
    }

    @DeleteMapping("/{name}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void delete(RequestContext context, @PathVariable String name) {
        clients.delete(context, name);
    }

    @PostMapping("/{name}/secret")
    Client rotateSecret(RequestContext context, @PathVariable String name) {
        return of(clients.rotateSecret(context, name));
    }

    private static Client of(OAuthClients.Made made) {
        return of(made.client(), made.secret());
    }

    private static Client of(OAuthClient client, @Nullable String secret) {
        return new Client(
                client.id(),
                client.name(),
                client.principalArn(),
                client.isPublic(),
                client.redirectUris(),
                client.createdAt().toString(),
                secret);
    }
}
