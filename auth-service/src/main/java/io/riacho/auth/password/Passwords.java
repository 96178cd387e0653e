package io.riacho.auth.password;

import io.riacho.protocol.AwsException;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.crypto.factory.PasswordEncoderFactories;
import org.springframework.security.crypto.password.PasswordEncoder;

/**
 * Users' passwords, kept by a slow hash. User ids are the unique ones, {@code AIDA…}. Takes part in the transaction of its
 * caller, where there is one. Safe for use by many threads.
 */
public final class Passwords {

    /** As IAM's default password policy. */
    private static final int SHORTEST = 8;

    /** All of a password has to count: bcrypt looks at no more. */
    private static final int LONGEST_BYTES = 72;

    private final JdbcClient jdbc;
    private final InstantSource clock;
    private final PasswordEncoder encoder = PasswordEncoderFactories.createDelegatingPasswordEncoder();
    private final String nobodys = encode(random());

    public Passwords(JdbcClient jdbc, InstantSource clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /** A password that is good enough, as it is kept. Its text form hides it. */
    public static final class Hashed {

        private final String text;

        private Hashed(String text) {
            this.text = text;
        }

        @Override
        public String toString() {
            return "Hashed[hidden]";
        }
    }

    /**
     * Slow, so not to be called while something is locked.
     *
     * @throws AwsException PasswordPolicyViolation
     */
    public Hashed hashed(String password) {
        if (!isAcceptable(password)) {
            throw AwsException.badRequest(
                    "PasswordPolicyViolation", "A password has at least 8 characters and at most 72 bytes");
        }
        return new Hashed(encode(password));
    }

    /**
     * Gives a user that has none a password.
     *
     * @return since when it has it
     * @throws org.springframework.dao.DuplicateKeyException where the user has one
     */
    public Instant add(String userId, Hashed password) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
        jdbc.sql("insert into auth.login_profile (user_id, password_hash, created_at) values (?, ?, ?)")
                .param(userId)
                .param(password.text)
                .param(OffsetDateTime.ofInstant(now, ZoneOffset.UTC))
                .update();
        return now;
    }

    /** Returns false, and does nothing, where the user has no password. */
    public boolean replace(String userId, Hashed password) {
        return jdbc.sql("update auth.login_profile set password_hash = ? where user_id = ?")
                        .param(password.text)
                        .param(userId)
                        .update()
                == 1;
    }

    /** Gives a user a password, whether it has one or not. Returns false where there is no such user any more. */
    public boolean set(String userId, Hashed password) {
        return jdbc.sql("insert into auth.login_profile (user_id, password_hash, created_at)"
                                + " select id, ?, ? from auth.identity where id = ? for key share"
                                + " on conflict (user_id) do update set password_hash = excluded.password_hash")
                        .param(password.text)
                        .param(OffsetDateTime.ofInstant(
                                clock.instant().truncatedTo(ChronoUnit.SECONDS), ZoneOffset.UTC))
                        .param(userId)
                        .update()
                == 1;
    }

    public boolean remove(String userId) {
        return jdbc.sql("delete from auth.login_profile where user_id = ?")
                        .param(userId)
                        .update()
                == 1;
    }

    /** Since when the user has had a password; empty where it has none. */
    public Optional<Instant> since(String userId) {
        return jdbc.sql("select created_at from auth.login_profile where user_id = ?")
                .param(userId)
                .query(OffsetDateTime.class)
                .optional()
                .map(OffsetDateTime::toInstant);
    }

    /**
     * Whether it is the user's password. Where there is no such user, or no password, the answer takes as long.
     *
     * @param userId null for a user that is not there
     */
    public boolean matches(@Nullable String userId, String password) {
        String hash = hash(userId == null ? "" : userId);
        boolean isRight = isAcceptable(password) & encoder.matches(password, hash == null ? nobodys : hash);
        return isRight && hash != null;
    }

    /**
     * Exchanges a password for a new one. Returns false, and does nothing, where the old one is wrong, or was exchanged
     * or removed in the meantime.
     */
    boolean exchange(String userId, String oldPassword, Hashed newPassword) {
        String hash = hash(userId);
        return hash != null
                && isAcceptable(oldPassword)
                && encoder.matches(oldPassword, hash)
                && jdbc.sql("update auth.login_profile set password_hash = ? where user_id = ? and password_hash = ?")
                                .param(newPassword.text)
                                .param(userId)
                                .param(hash)
                                .update()
                        == 1;
    }

    private @Nullable String hash(String userId) {
        return jdbc.sql("select password_hash from auth.login_profile where user_id = ?")
                .param(userId)
                .query(String.class)
                .optional()
                .orElse(null);
    }

    private static boolean isAcceptable(String password) {
        return password.length() >= SHORTEST
                && password.getBytes(StandardCharsets.UTF_8).length <= LONGEST_BYTES
                && password.chars().noneMatch(Character::isISOControl);
    }

    private String encode(String password) {
        return Objects.requireNonNull(encoder.encode(password));
    }

    private static String random() {
        byte[] random = new byte[32];
        new SecureRandom().nextBytes(random);
        return HexFormat.of().formatHex(random);
    }
}
