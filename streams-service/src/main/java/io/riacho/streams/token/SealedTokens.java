package io.riacho.streams.token;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Optional;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;

/**
 * Makes opaque tokens of bytes, and bytes of tokens that it made: AES-GCM under a key of this installation, so that
 * nobody can make or change one. Two tokens of the same bytes differ. Safe for use by many threads.
 */
public final class SealedTokens {

    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;

    private final SecretKey key;
    private final SecureRandom random = new SecureRandom();

    public SealedTokens(SecretKey key) {
        this.key = key;
    }

    /** @param purpose what the token is for; a token of one purpose does not open for another */
    public String seal(byte purpose, byte[] content) {
        byte[] nonce = new byte[NONCE_BYTES];
        random.nextBytes(nonce);
        byte[] token = new byte[NONCE_BYTES + content.length + TAG_BITS / 8];
        System.arraycopy(nonce, 0, token, 0, NONCE_BYTES);
        try {
            cipher(Cipher.ENCRYPT_MODE, nonce, purpose).doFinal(content, 0, content.length, token, NONCE_BYTES);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("AES-GCM is part of every JDK", e);
        }
        return Base64.getEncoder().encodeToString(token);
    }

    /** Empty where the token is not one that this installation made for the purpose. */
    public Optional<ByteBuffer> open(byte purpose, String text) {
        try {
            byte[] token = Base64.getDecoder().decode(text);
            if (token.length < NONCE_BYTES + TAG_BITS / 8) {
                return Optional.empty();
            }
            byte[] nonce = new byte[NONCE_BYTES];
            System.arraycopy(token, 0, nonce, 0, NONCE_BYTES);
            Cipher cipher = cipher(Cipher.DECRYPT_MODE, nonce, purpose);
            return Optional.of(ByteBuffer.wrap(cipher.doFinal(token, NONCE_BYTES, token.length - NONCE_BYTES)));
        } catch (GeneralSecurityException | IllegalArgumentException _) {
            return Optional.empty();
        }
    }

    private Cipher cipher(int mode, byte[] nonce, byte purpose) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
        cipher.updateAAD(new byte[] {purpose});
        return cipher;
    }
}
