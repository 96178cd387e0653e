package io.riacho.protocol;

import java.time.LocalDate;
import java.util.Optional;

/**
 * Where SigV4 verification gets its keys: the seam to whoever knows the secrets. A service never sees a secret key, only
 * the key derived from it for one day, region and service.
 */
@FunctionalInterface
public interface SigningKeys {

    /** The derived key and its owner, or empty where no such active access key exists. */
    Optional<SigningKey> find(String accessKeyId, LocalDate date, String region, String service);

    /**
     * @param principalArn the owner of the access key
     * @param accountId the owner's account
     */
    record SigningKey(DerivedKey key, String principalArn, String accountId) {}
}
