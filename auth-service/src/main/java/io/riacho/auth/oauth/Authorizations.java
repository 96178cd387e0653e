package io.riacho.auth.oauth;

import io.riacho.auth.session.SessionRevocations;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.oauth2.core.OAuth2AccessToken;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.oauth2.core.OAuth2ErrorCodes;
import org.springframework.security.oauth2.core.OAuth2RefreshToken;
import org.springframework.security.oauth2.core.OAuth2Token;
import org.springframework.security.oauth2.core.endpoint.OAuth2ParameterNames;
import org.springframework.security.oauth2.jwt.JwtClaimNames;
import org.springframework.security.oauth2.server.authorization.OAuth2Authorization;
import org.springframework.security.oauth2.server.authorization.OAuth2AuthorizationCode;
import org.springframework.security.oauth2.server.authorization.OAuth2AuthorizationService;
import org.springframework.security.oauth2.server.authorization.OAuth2TokenType;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * What was granted, in the database. Codes and tokens are kept by their hash, so that nobody can use what is read there.
 * Of two requests that use the same code or refresh token at once, one fails: each change counts only if nothing changed
 * since it was read. A refresh token that was exchanged and comes again ends everything that was granted with it
 * (RFC 9700, section 4.14.2), and so does a code (RFC 6749, section 4.1.2).
 */
final class Authorizations implements OAuth2AuthorizationService {

    /** The attribute with the version that was read. */
    static final String VERSION = "riacho.version";

    private static final Duration KEPT = Duration.ofMinutes(5);
    private static final Duration LONGEST_ACCESS = Duration.ofDays(1);
    private static final int CLEAN_EVERY = 64;

    private final JdbcClient jdbc;
    private final TransactionTemplate transactions;
    private final AuthorizationText texts;
    private final SessionRevocations revocations;
    private final InstantSource clock;
    private final AtomicInteger saves = new AtomicInteger();

    Authorizations(
            JdbcClient jdbc,
            TransactionTemplate transactions,
            AuthorizationText texts,
            SessionRevocations revocations,
            InstantSource clock) {
        this.jdbc = jdbc;
        this.transactions = transactions;
        this.texts = texts;
        this.revocations = revocations;
        this.clock = clock;
    }

    @Override
    public void save(OAuth2Authorization authorization) {
        if (saves.incrementAndGet() % CLEAN_EVERY == 0) {
            jdbc.sql("delete from auth.oauth_authorization where expires_at < ?")
                    .param(at(clock.instant()))
                    .update();
        }
        revokeInvalidated(authorization);
        Integer version = authorization.getAttribute(VERSION);
        transactions.executeWithoutResult(_ -> {
            if (version == null) {
                insert(authorization);
            } else {
                spendReplaced(authorization);
                update(authorization, version);
            }
        });
    }

    @Override
    public void remove(OAuth2Authorization authorization) {
        revoke(authorization);
        jdbc.sql("delete from auth.oauth_authorization where id = ?")
                .param(authorization.getId())
                .update();
    }

    @Override
    public @Nullable OAuth2Authorization findById(String id) {
        return find("id", id, null);
    }

    @Override
    public @Nullable OAuth2Authorization findByToken(String token, @Nullable OAuth2TokenType type) {
        String hash = AuthorizationText.hashOfShown(token);
        if (type == null) {
            OAuth2Authorization access = find("access_hash", hash, token);
            return access != null ? access : find("refresh_hash", hash, token);
        }
        return switch (type.getValue()) {
            case OAuth2ParameterNames.CODE -> find("code_hash", hash, token);
            case OAuth2ParameterNames.ACCESS_TOKEN -> find("access_hash", hash, token);
            case OAuth2ParameterNames.REFRESH_TOKEN -> refreshable(hash, token);
            default -> null;
        };
    }

    private @Nullable OAuth2Authorization refreshable(String hash, String token) {
        OAuth2Authorization found = find("refresh_hash", hash, token);
        if (found == null) {
            jdbc.sql("select authorization_id from auth.oauth_spent_token where hash = ?")
                    .param(hash)
                    .query(String.class)
                    .optional()
                    .map(this::findById)
                    .ifPresent(this::remove);
        }
        return found;
    }

    private @Nullable OAuth2Authorization find(String column, String value, @Nullable String shown) {
        return jdbc.sql("select body, version from auth.oauth_authorization where " + column + " = ?")
                .param(value)
                .query((row, _) -> texts.read(row.getString("body"), row.getInt("version"), shown))
                .optional()
                .orElse(null);
    }

    private void insert(OAuth2Authorization authorization) {
        jdbc.sql("insert into auth.oauth_authorization (id, client_id, version, principal, grant_type, code_hash,"
                        + " access_hash, refresh_hash, body, expires_at) values (?, ?, 1, ?, ?, ?, ?, ?, ?, ?)")
                .param(authorization.getId())
                .param(authorization.getRegisteredClientId())
                .param(authorization.getPrincipalName())
                .param(authorization.getAuthorizationGrantType().getValue())
                .param(hash(authorization, OAuth2AuthorizationCode.class))
                .param(hash(authorization, OAuth2AccessToken.class))
                .param(hash(authorization, OAuth2RefreshToken.class))
                .param(texts.write(authorization))
                .param(at(expiry(authorization)))
                .update();
    }

    private void update(OAuth2Authorization authorization, int version) {
        int changed = jdbc.sql("update auth.oauth_authorization set version = version + 1, code_hash = ?,"
                        + " access_hash = ?, refresh_hash = ?, body = ?, expires_at = ? where id = ? and version = ?")
                .param(hash(authorization, OAuth2AuthorizationCode.class))
                .param(hash(authorization, OAuth2AccessToken.class))
                .param(hash(authorization, OAuth2RefreshToken.class))
                .param(texts.write(authorization))
                .param(at(expiry(authorization)))
                .param(authorization.getId())
                .param(version)
                .update();
        if (changed == 0) {
            throw new OAuth2AuthenticationException(OAuth2ErrorCodes.INVALID_GRANT);
        }
    }

    /** Remembers the refresh token that the new one takes the place of. */
    private void spendReplaced(OAuth2Authorization authorization) {
        jdbc.sql(
                        "insert into auth.oauth_spent_token (hash, authorization_id)"
                                + " select refresh_hash, id from auth.oauth_authorization where id = :id"
                                + " and refresh_hash is not null and refresh_hash is distinct from :hash on conflict do nothing")
                .param("id", authorization.getId())
                .param("hash", hash(authorization, OAuth2RefreshToken.class))
                .update();
    }

    private void revokeInvalidated(OAuth2Authorization authorization) {
        OAuth2Authorization.Token<OAuth2AccessToken> access = authorization.getAccessToken();
        if (access != null && access.isInvalidated()) {
            revoke(authorization);
        }
    }

    private void revoke(OAuth2Authorization authorization) {
        OAuth2Authorization.Token<OAuth2AccessToken> access = authorization.getAccessToken();
        if (access != null && access.getClaims() != null) {
            Object id = access.getClaims().get(JwtClaimNames.JTI);
            Instant expiresAt = access.getToken().getExpiresAt();
            if (id instanceof String text && expiresAt != null) {
                revocations.revoke(text, expiresAt);
            }
        }
        OAuth2Authorization.Token<OAuth2RefreshToken> refresh = authorization.getRefreshToken();
        if (refresh != null) {
            // Access tokens that earlier refresh tokens were exchanged for end with the grant, too.
            revocations.revoke(authorization.getId(), clock.instant().plus(LONGEST_ACCESS));
        }
    }

    private Instant expiry(OAuth2Authorization authorization) {
        Instant latest = clock.instant();
        for (Class<? extends OAuth2Token> kind : AuthorizationText.KINDS) {
            OAuth2Authorization.Token<?> token = authorization.getToken(kind);
            Instant expiresAt = token == null ? null : token.getToken().getExpiresAt();
            if (expiresAt != null && expiresAt.isAfter(latest)) {
                latest = expiresAt;
            }
        }
        return latest.plus(KEPT);
    }

    private static @Nullable String hash(OAuth2Authorization authorization, Class<? extends OAuth2Token> kind) {
        OAuth2Authorization.Token<?> token = authorization.getToken(kind);
        return token == null
                ? null
                : AuthorizationText.hash(Objects.requireNonNull(token.getToken().getTokenValue()));
    }

    private static OffsetDateTime at(Instant instant) {
        return OffsetDateTime.ofInstant(instant, ZoneOffset.UTC);
    }
}
