package io.riacho.auth.oauth;

import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.crypto.factory.PasswordEncoderFactories;
import org.springframework.security.crypto.password.PasswordEncoder;

/** Users' passwords, kept by a slow hash. Safe for use by many threads. */
public final class Passwords {

    /** As IAM's default password policy. */
    private static final int SHORTEST = 8;

    /** All of a password has to count: bcrypt looks at no more. */
    private static final int LONGEST_BYTES = 72;

    private final JdbcClient jdbc;
    private final InstantSource clock;
    private final PasswordEncoder encoder = PasswordEncoderFactories.createDelegatingPasswordEncoder();
    private final String nobodys = encode(Secrets.make());

    public Passwords(JdbcClient jdbc, InstantSource clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    static boolean isAcceptable(String password) {
        return password.length() >= SHORTEST
                && password.getBytes(StandardCharsets.UTF_8).length <= LONGEST_BYTES
                && password.chars().noneMatch(Character::isISOControl);
    }

    /** @param userId the unique id, {@code AIDA…} */
    void set(String userId, String password) {
        jdbc.sql("insert into auth.login_profile (user_id, password_hash, created_at) values (?, ?, ?)"
                        + " on conflict (user_id) do update set password_hash = excluded.password_hash")
                .param(userId)
                .param(encode(password))
                .param(OffsetDateTime.ofInstant(clock.instant(), ZoneOffset.UTC))
                .update();
    }

    boolean remove(String userId) {
        return jdbc.sql("delete from auth.login_profile where user_id = ?")
                        .param(userId)
                        .update()
                == 1;
    }

    /**
     * Whether it is the user's password. Where there is no such user, or no password, the answer takes as long.
     *
     * @param userId null for a user that is not there
     */
    boolean matches(@Nullable String userId, String password) {
        String hash = jdbc.sql("select password_hash from auth.login_profile where user_id = ?")
                .param(userId == null ? "" : userId)
                .query(String.class)
                .optional()
                .orElse(null);
        boolean isRight = isAcceptable(password) & encoder.matches(password, hash == null ? nobodys : hash);
        return isRight && hash != null;
    }

    private String encode(String password) {
        return Objects.requireNonNull(encoder.encode(password));
    }
}
