package io.riacho.log;

import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Supplier;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/** AES-256-GCM under keys that follow from their ids, and may be taken away. */
final class TestKeys implements OpeningKeys {

    private final Set<Long> gone = ConcurrentHashMap.newKeySet();
    private final Supplier<byte[]> nonces;

    TestKeys() {
        this(() -> {
            byte[] nonce = new byte[BatchCipher.NONCE_BYTES];
            ThreadLocalRandom.current().nextBytes(nonce);
            return nonce;
        });
    }

    TestKeys(Supplier<byte[]> nonces) {
        this.nonces = nonces;
    }

    SealingKey key(long id) {
        return new SealingKey(id, new AesGcm(id, nonces));
    }

    void takeAway(long id) {
        gone.add(id);
    }

    void giveBack(long id) {
        gone.remove(id);
    }

    @Override
    public BatchCipher find(long id) {
        if (gone.contains(id)) {
            throw new KeyUnavailableException(id, "the test took it away", null);
        }
        return new AesGcm(id, nonces);
    }

    private record AesGcm(long id, Supplier<byte[]> nonces) implements BatchCipher {

        @Override
        public void seal(byte[] array, int nonceAt, int position, int length, byte[] additional) {
            try {
                byte[] nonce = nonces.get();
                System.arraycopy(nonce, 0, array, nonceAt, NONCE_BYTES);
                byte[] sealed =
                        cipher(Cipher.ENCRYPT_MODE, nonce, 0, additional).doFinal(array, position, length);
                System.arraycopy(sealed, 0, array, position, sealed.length);
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException(e);
            }
        }

        @Override
        public boolean open(byte[] from, int nonceAt, int position, int length, byte[] additional, byte[] to) {
            try {
                cipher(Cipher.DECRYPT_MODE, from, nonceAt, additional)
                        .doFinal(from, position, length + TAG_BYTES, to, 0);
                return true;
            } catch (AEADBadTagException e) {
                return false;
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException(e);
            }
        }

        private Cipher cipher(int mode, byte[] nonce, int nonceAt, byte[] additional) throws GeneralSecurityException {
            byte[] key = new byte[32];
            Arrays.fill(key, (byte) id);
            Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
            cipher.init(
                    mode,
                    new SecretKeySpec(key, "AES"),
                    new GCMParameterSpec(TAG_BYTES * 8, nonce, nonceAt, NONCE_BYTES));
            cipher.updateAAD(additional);
            return cipher;
        }
    }
}
