package io.riacho.streams.encryption;

import io.riacho.log.BatchCipher;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.concurrent.ArrayBlockingQueue;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * AES-256-GCM of the JDK's provider, with random nonces of 96 bits. Ciphers are kept for the next batch: making one costs
 * more than sealing a small batch, and threads live for one request only.
 */
public final class AesGcm implements BatchCipher {

    private static final int KEY_BYTES = 32;
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final ArrayBlockingQueue<Cipher> IDLE = new ArrayBlockingQueue<>(64);

    private final SecretKey key;

    /** @param key 32 bytes, copied */
    public AesGcm(byte[] key) {
        if (key.length != KEY_BYTES) {
            throw new IllegalArgumentException("A data key has " + KEY_BYTES + " bytes, not " + key.length);
        }
        this.key = new SecretKeySpec(key, "AES");
    }

    @Override
    public void seal(byte[] array, int nonceAt, int position, int length, byte[] additional) {
        byte[] nonce = new byte[NONCE_BYTES];
        RANDOM.nextBytes(nonce);
        System.arraycopy(nonce, 0, array, nonceAt, NONCE_BYTES);
        Cipher cipher = take();
        try {
            cipher.init(Cipher.ENCRYPT_MODE, key, new GCMParameterSpec(TAG_BYTES * Byte.SIZE, nonce));
            cipher.updateAAD(additional);
            cipher.doFinal(array, position, length, array, position);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("A batch could not be encrypted", e);
        }
        giveBack(cipher);
    }

    @Override
    public boolean open(byte[] from, int nonceAt, int position, int length, byte[] additional, byte[] to) {
        Cipher cipher = take();
        try {
            cipher.init(
                    Cipher.DECRYPT_MODE, key, new GCMParameterSpec(TAG_BYTES * Byte.SIZE, from, nonceAt, NONCE_BYTES));
            cipher.updateAAD(additional);
            cipher.doFinal(from, position, length + TAG_BYTES, to, 0);
        } catch (AEADBadTagException _) {
            return false;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("A batch could not be decrypted", e);
        }
        giveBack(cipher);
        return true;
    }

    private static Cipher take() {
        Cipher idle = IDLE.poll();
        if (idle != null) {
            return idle;
        }
        try {
            return Cipher.getInstance("AES/GCM/NoPadding");
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("AES-GCM is part of every JDK", e);
        }
    }

    /** Not called after a failure: the cipher is then left to the garbage collector. */
    private static void giveBack(Cipher cipher) {
        boolean unused = IDLE.offer(cipher);
    }
}
