package io.riacho.protocol.key;

import java.util.Map;

/**
 * The keys of KMS for a service that encrypts data at rest under them. It says who may use a key, but does not check it:
 * the service asks for the permission ({@code kms:GenerateDataKey}, {@code kms:Decrypt}) of the caller it acts for. Safe
 * for use by many threads. May go over the network: not for the record path, where its answers are cached for at most
 * five seconds (descriptions) or as long as the service likes (data keys).
 */
public interface KeyService {

    /**
     * @param keyId a key's id or ARN, or an alias ({@code alias/…}) or its ARN
     * @throws KeyException where there is no such key
     */
    KeyDescription describe(String keyId);

    /**
     * A fresh 256-bit key to encrypt data with.
     *
     * @param context authenticated with the wrapped key: the same has to be given to unwrap it
     * @throws KeyException where the key is not there or not enabled
     */
    DataKey generateDataKey(String keyId, Map<String, String> context);

    /**
     * The data key that was wrapped by {@link #generateDataKey}.
     *
     * @throws KeyException where the key that wraps it is not there or not enabled, or the context is another one
     */
    byte[] unwrap(byte[] wrapped, Map<String, String> context);
}
