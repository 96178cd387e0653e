package io.riacho.auth.authority;

import io.riacho.auth.root.RootKey;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Base64;

/** Makes, seals and opens the secrets of access keys. */
public final class AccessKeySecrets {

    private static final int SECRET_BYTES = 30;
    private static final SecureRandom RANDOM = new SecureRandom();

    private final RootKey rootKey;

    public AccessKeySecrets(RootKey rootKey) {
        this.rootKey = rootKey;
    }

    /** Forty characters, 240 random bits. */
    public static String newSecret() {
        byte[] random = new byte[SECRET_BYTES];
        RANDOM.nextBytes(random);
        return Base64.getEncoder().encodeToString(random);
    }

    public byte[] seal(String accessKeyId, String secret) {
        return rootKey.seal(secret.getBytes(StandardCharsets.US_ASCII), purpose(accessKeyId));
    }

    /** @throws IllegalStateException where it was sealed for another access key, or under another root key */
    String open(String accessKeyId, byte[] sealed) {
        try {
            return new String(rootKey.open(sealed, purpose(accessKeyId)), StandardCharsets.US_ASCII);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("The secret of " + accessKeyId + " cannot be opened by this root key", e);
        }
    }

    private static String purpose(String accessKeyId) {
        return "access-key:" + accessKeyId;
    }
}
