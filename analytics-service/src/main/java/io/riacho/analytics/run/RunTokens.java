package io.riacho.analytics.run;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * What jobs prove themselves with to this service. The database has their hashes only. A run may have several: whoever
 * starts a job anew cannot know whether the one before still runs.
 */
public final class RunTokens {

    private static final int BYTES = 32;
    private static final int MOST_LENGTH = 64;
    private static final int KEPT = 10;

    private final JdbcClient jdbc;
    private final SecureRandom random = new SecureRandom();

    public RunTokens(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** A new token of the run. */
    String issue(String run, UUID application, Instant now) {
        byte[] secret = new byte[BYTES];
        random.nextBytes(secret);
        String token = Base64.getUrlEncoder().withoutPadding().encodeToString(secret);
        jdbc.sql("insert into analytics.run_token (run, hash, application_id, created_at) values (?, ?, ?, ?)")
                .params(run, hash(token), application, now.atOffset(ZoneOffset.UTC))
                .update();
        jdbc.sql("""
                        delete from analytics.run_token where run = ? and hash in (
                            select hash from analytics.run_token where run = ? order by created_at desc, hash offset ?)""")
                .params(run, run, KEPT)
                .update();
        return token;
    }

    /** The application whose run it is, if the token is one of the run's. */
    public Optional<UUID> verify(String run, String token) {
        if (token.length() > MOST_LENGTH) {
            return Optional.empty();
        }
        byte[] given = hash(token);
        UUID[] found = new UUID[1];
        jdbc.sql("select hash, application_id from analytics.run_token where run = ?")
                .param(run)
                .query(row -> {
                    if (MessageDigest.isEqual(row.getBytes("hash"), given)) {
                        found[0] = row.getObject("application_id", UUID.class);
                    }
                });
        return Optional.ofNullable(found[0]);
    }

    /** The application's runs but this one have ended. */
    void keepOnly(UUID application, String run) {
        jdbc.sql("delete from analytics.run_token where application_id = ? and run <> ?")
                .params(application, run)
                .update();
    }

    private static byte[] hash(String token) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
