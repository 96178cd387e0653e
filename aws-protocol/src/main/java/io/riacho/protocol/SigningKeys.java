package io.riacho.protocol;

import java.time.LocalDate;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Where SigV4 verification gets its keys: the seam to whoever knows the secrets. A service never sees a secret key, only
 * the key derived from it for one day, region and service. Safe for use by many threads.
 */
@FunctionalInterface
public interface SigningKeys {

    /**
     * The derived key and its owner, or empty where no such active access key exists, or the token is not its own.
     *
     * @param region the one of this server, or {@code us-east-1} or {@code aws-global} for a service that AWS runs once for
     *     all regions, such as IAM
     * @param sessionToken what came with a temporary access key; null where none came
     * @throws AwsException ExpiredTokenException where the session is over
     */
    Optional<SigningKey> find(
            String accessKeyId, @Nullable String sessionToken, LocalDate date, String region, String service);

    /** A request was proven to be signed with the access key. Called on the way of each request: it has to return at once. */
    default void used(String accessKeyId, String region, String service) {}

    /** @param caller the owner of the access key */
    record SigningKey(DerivedKey key, Caller caller) {}
}
