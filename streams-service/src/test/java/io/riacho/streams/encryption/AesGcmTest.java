package io.riacho.streams.encryption;

import static io.riacho.log.BatchCipher.NONCE_BYTES;
import static io.riacho.log.BatchCipher.TAG_BYTES;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class AesGcmTest {

    private static final byte[] TEXT = "a batch of records".getBytes(UTF_8);
    private static final byte[] PLACE = "its place in the log".getBytes(UTF_8);

    private final AesGcm cipher = new AesGcm(key(1));

    private static byte[] key(int fill) {
        byte[] key = new byte[32];
        Arrays.fill(key, (byte) fill);
        return key;
    }

    /** A nonce, the sealed text and its tag. */
    private static byte[] seal(AesGcm cipher) {
        byte[] array = new byte[NONCE_BYTES + TEXT.length + TAG_BYTES];
        System.arraycopy(TEXT, 0, array, NONCE_BYTES, TEXT.length);
        cipher.seal(array, 0, NONCE_BYTES, TEXT.length, PLACE);
        return array;
    }

    private static boolean opens(AesGcm cipher, byte[] sealed, byte[] place) {
        byte[] opened = new byte[TEXT.length];
        boolean isOpen = cipher.open(sealed, 0, NONCE_BYTES, TEXT.length, place, opened);
        assertThat(isOpen).isEqualTo(Arrays.equals(opened, TEXT));
        return isOpen;
    }

    @Test
    void whatIsSealedIsOpenedByTheSameKeyOnly() {
        byte[] sealed = seal(cipher);

        assertThat(opens(cipher, sealed, PLACE)).isTrue();
        assertThat(opens(new AesGcm(key(1)), sealed, PLACE)).isTrue();
        assertThat(opens(new AesGcm(key(2)), sealed, PLACE)).isFalse();
    }

    @Test
    void aBitThatIsTurnedAnywhereIsSeen() {
        byte[] sealed = seal(cipher);
        for (int i = 0; i < sealed.length * Byte.SIZE; i++) {
            sealed[i / Byte.SIZE] ^= (byte) (1 << i % Byte.SIZE);
            assertThat(opens(cipher, sealed, PLACE)).isFalse();
            sealed[i / Byte.SIZE] ^= (byte) (1 << i % Byte.SIZE);
        }
        assertThat(opens(cipher, sealed, PLACE)).isTrue();
    }

    @Test
    void itIsOpenedInItsPlaceOnly() {
        assertThat(opens(cipher, seal(cipher), "another place in it".getBytes(UTF_8)))
                .isFalse();
    }

    /** The same nonce twice under one key would give both texts away. */
    @Test
    void noNonceIsUsedTwice() {
        Set<String> nonces = new HashSet<>();
        for (int i = 0; i < 1_000; i++) {
            nonces.add(Arrays.toString(Arrays.copyOf(seal(cipher), NONCE_BYTES)));
        }
        assertThat(nonces).hasSize(1_000);
    }

    @Test
    void aKeyHas256Bits() {
        assertThatIllegalArgumentException().isThrownBy(() -> new AesGcm(new byte[16]));
    }
}
