package io.riacho.auth.authority;

import io.riacho.protocol.AwsException;
import io.riacho.protocol.SigningKeys.SigningKey;
import java.time.LocalDate;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Who verifies temporary access keys ({@code ASIA…}). Safe for use by many threads. */
@FunctionalInterface
public interface SessionKeys {

    /**
     * The derived key and its owner, or empty where the token is missing, not ours, revoked, or not of this access key.
     *
     * @throws AwsException ExpiredTokenException where the session is over
     */
    Optional<SigningKey> find(
            String accessKeyId, @Nullable String sessionToken, LocalDate date, String region, String service);
}
