package io.riacho.auth.session;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Which sessions ended before their time. What another process revokes counts here within two seconds, what this one
 * revokes at once. Safe for use by many threads.
 */
public final class SessionRevocations {

    private static final Duration REMEMBERED = Duration.ofSeconds(2);
    private static final int MAX_REMEMBERED = 20_000;

    private final JdbcClient jdbc;
    private final LoadingCache<Asked, Boolean> remembered = Caffeine.newBuilder()
            .maximumSize(MAX_REMEMBERED)
            .expireAfterWrite(REMEMBERED)
            .build(this::read);

    public SessionRevocations(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * Ends one session or token.
     *
     * @param id the session's access key, a token's id, or the id of a grant
     * @param expiresAt when it would end by itself
     */
    public void revoke(String id, Instant expiresAt) {
        jdbc.sql("delete from auth.revoked_session where expires_at < now() - interval '1 hour'")
                .update();
        jdbc.sql("insert into auth.revoked_session (id, expires_at) values (?, ?) on conflict do nothing")
                .params(id, at(expiresAt))
                .update();
        remembered.invalidateAll();
    }

    /**
     * Ends all sessions of a role or user that began before a time.
     *
     * @param principalId the unique id of the role or user
     */
    public void revokeBefore(String principalId, Instant issueTime) {
        jdbc.sql("insert into auth.revoked_before (principal_id, issue_time) values (?, ?) on conflict (principal_id)"
                        + " do update set issue_time = greatest(revoked_before.issue_time, excluded.issue_time)")
                .params(principalId, at(issueTime))
                .update();
        remembered.invalidateAll();
    }

    /** @throws io.riacho.protocol.AwsException with status 503 where that cannot be known */
    boolean isRevoked(String accessKeyId, Session session) {
        return isRevoked(accessKeyId, "", session.ownerId(), session.issuedAt());
    }

    /**
     * Whether a session or token ended before its time.
     *
     * @param id of the session, which is its access key's, or of the token
     * @param grantId what the token was granted with; empty where there is nothing of that kind
     * @throws io.riacho.protocol.AwsException with status 503 where that cannot be known
     */
    public boolean isRevoked(String id, String grantId, String principalId, Instant issuedAt) {
        try {
            return remembered.get(new Asked(id, grantId, principalId, issuedAt));
        } catch (DataAccessException e) {
            throw SessionErrors.unavailable();
        }
    }

    private boolean read(Asked asked) {
        return jdbc.sql("select exists (select 1 from auth.revoked_session where id in (?, ?))"
                        + " or exists (select 1 from auth.revoked_before where principal_id = ? and issue_time > ?)")
                .params(asked.id, asked.grantId, asked.principalId, at(asked.issuedAt))
                .query(Boolean.class)
                .single();
    }

    private static OffsetDateTime at(Instant instant) {
        return OffsetDateTime.ofInstant(instant, ZoneOffset.UTC);
    }

    private record Asked(String id, String grantId, String principalId, Instant issuedAt) {}
}
