package io.riacho.auth.oauth;

import java.net.URL;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.security.jackson.SecurityJacksonModules;
import org.springframework.security.oauth2.core.AuthorizationGrantType;
import org.springframework.security.oauth2.core.OAuth2AccessToken;
import org.springframework.security.oauth2.core.OAuth2RefreshToken;
import org.springframework.security.oauth2.core.OAuth2Token;
import org.springframework.security.oauth2.core.oidc.OidcIdToken;
import org.springframework.security.oauth2.server.authorization.OAuth2Authorization;
import org.springframework.security.oauth2.server.authorization.OAuth2AuthorizationCode;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClient;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClientRepository;
import tools.jackson.databind.json.JsonMapper;

/**
 * An authorization as JSON, with hashes in place of codes and tokens. Reading gives the hashes back for values, marked so
 * that they are not hashed again, except for the one that was shown.
 */
final class AuthorizationText {

    static final List<Class<? extends OAuth2Token>> KINDS = List.of(
            OAuth2AuthorizationCode.class, OAuth2AccessToken.class, OAuth2RefreshToken.class, OidcIdToken.class);

    private static final String HASHED = "sha256:";

    private final RegisteredClientRepository clients;
    private final JsonMapper json = JsonMapper.builder()
            .addModules(SecurityJacksonModules.getModules(AuthorizationText.class.getClassLoader()))
            .build();

    AuthorizationText(RegisteredClientRepository clients) {
        this.clients = clients;
    }

    /** Of a value that somebody shows: never taken for a hash, whatever it looks like. */
    static String hashOfShown(String value) {
        return HASHED + Secrets.hash(value);
    }

    /** Of a value in an authorization, which may be the hash already. */
    static String hash(String value) {
        return value.startsWith(HASHED) ? value : hashOfShown(value);
    }

    String write(OAuth2Authorization authorization) {
        Map<String, Object> body = new HashMap<>();
        body.put("id", authorization.getId());
        body.put("client", authorization.getRegisteredClientId());
        body.put("principal", authorization.getPrincipalName());
        body.put("grant", authorization.getAuthorizationGrantType().getValue());
        body.put("scopes", new ArrayList<>(authorization.getAuthorizedScopes()));
        Map<String, Object> attributes = new HashMap<>(authorization.getAttributes());
        attributes.remove(Authorizations.VERSION);
        body.put("attributes", attributes);
        for (Class<? extends OAuth2Token> kind : KINDS) {
            OAuth2Authorization.Token<?> token = authorization.getToken(kind);
            if (token != null) {
                body.put(kind.getSimpleName(), token(token));
            }
        }
        return json.writeValueAsString(body);
    }

    private static Map<String, Object> token(OAuth2Authorization.Token<?> token) {
        Map<String, Object> part = new HashMap<>();
        part.put("value", hash(token.getToken().getTokenValue()));
        part.put("issuedAt", token.getToken().getIssuedAt());
        part.put("expiresAt", token.getToken().getExpiresAt());
        part.put("metadata", plain(token.getMetadata()));
        if (token.getToken() instanceof OAuth2AccessToken access) {
            part.put("scopes", new ArrayList<>(access.getScopes()));
        }
        return part;
    }

    /** @param shown the code or token that the authorization was found by; null where it was found by none */
    OAuth2Authorization read(String text, int version, @Nullable String shown) {
        Map<?, ?> body = json.readValue(text, Map.class);
        RegisteredClient client = clients.findById(text(body, "client"));
        if (client == null) {
            throw new IllegalStateException("An authorization of a client that is gone");
        }
        OAuth2Authorization.Builder builder = OAuth2Authorization.withRegisteredClient(client)
                .id(text(body, "id"))
                .principalName(text(body, "principal"))
                .authorizationGrantType(new AuthorizationGrantType(text(body, "grant")))
                .authorizedScopes(texts(body, "scopes"))
                .attributes(attributes -> attributes.putAll(map(body, "attributes")))
                .attribute(Authorizations.VERSION, version);
        for (Class<? extends OAuth2Token> kind : KINDS) {
            if (body.containsKey(kind.getSimpleName())) {
                Map<String, Object> part = map(body, kind.getSimpleName());
                builder.token(token(kind, part, shown), metadata -> metadata.putAll(map(part, "metadata")));
            }
        }
        return builder.build();
    }

    private static OAuth2Token token(Class<?> kind, Map<String, Object> part, @Nullable String shown) {
        String kept = text(part, "value");
        String value = shown != null && kept.equals(hashOfShown(shown)) ? shown : kept;
        Instant issuedAt = (Instant) required(part, "issuedAt");
        Instant expiresAt = (Instant) required(part, "expiresAt");
        if (kind == OAuth2AuthorizationCode.class) {
            return new OAuth2AuthorizationCode(value, issuedAt, expiresAt);
        }
        if (kind == OAuth2AccessToken.class) {
            return new OAuth2AccessToken(
                    OAuth2AccessToken.TokenType.BEARER, value, issuedAt, expiresAt, texts(part, "scopes"));
        }
        if (kind == OAuth2RefreshToken.class) {
            return new OAuth2RefreshToken(value, issuedAt, expiresAt);
        }
        return new OidcIdToken(
                value, issuedAt, expiresAt, map(map(part, "metadata"), OAuth2Authorization.Token.CLAIMS_METADATA_NAME));
    }

    private static String text(Map<?, ?> map, String key) {
        return (String) required(map, key);
    }

    private static Set<String> texts(Map<?, ?> map, String key) {
        Set<String> texts = new LinkedHashSet<>();
        ((Collection<?>) required(map, key)).forEach(text -> texts.add((String) text));
        return texts;
    }

    private static Map<String, Object> map(Map<?, ?> map, String key) {
        Map<String, Object> copy = new LinkedHashMap<>();
        ((Map<?, ?>) required(map, key)).forEach((name, value) -> copy.put((String) name, value));
        return copy;
    }

    private static Object required(Map<?, ?> map, String key) {
        return Objects.requireNonNull(map.get(key), key);
    }

    /** Only types that are read back without being named in a list of what is allowed. */
    private static Object plain(Object value) {
        return switch (value) {
            case Map<?, ?> map -> {
                Map<String, Object> copy = new LinkedHashMap<>();
                map.forEach((key, inner) -> {
                    if (inner != null) {
                        copy.put(String.valueOf(key), plain(inner));
                    }
                });
                yield copy;
            }
            case Collection<?> list -> {
                List<Object> copy = new ArrayList<>();
                list.forEach(inner -> copy.add(plain(inner)));
                yield copy;
            }
            case URL url -> url.toString();
            default -> value;
        };
    }
}
