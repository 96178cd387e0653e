package io.riacho.auth.kms.cipher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.riacho.protocol.AwsException;
import java.io.IOException;
import java.io.InputStream;
import java.util.HexFormat;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

class CiphertextProperties {

    private static final UUID KEY = UUID.fromString("01234567-89ab-4cde-8f01-23456789abcd");
    private static final String MATERIAL_ID = "0123456789abcdef".repeat(4);
    private static final Map<String, String> CONTEXT = Map.of("stream", "one", "shard", "0");

    private final KeyMaterial material = KeyMaterial.of(KEY, MATERIAL_ID, KeyMaterial.generate());

    @Property(tries = 200)
    void whatWasEncryptedIsDecrypted(@ForAll @Size(max = 200) byte[] plaintext) {
        byte[] bytes = material.encrypt(plaintext, EncryptionContext.of(CONTEXT));
        CiphertextBlob blob = CiphertextBlob.read(bytes);

        assertThat(blob.keyId()).isEqualTo(KEY);
        assertThat(blob.materialId()).isEqualTo(MATERIAL_ID);
        assertThat(blob.bytes()).isEqualTo(bytes);
        assertThat(material.decrypt(blob, EncryptionContext.of(CONTEXT))).isEqualTo(plaintext);
    }

    @Property(tries = 500)
    void noByteCanBeChanged(@ForAll @IntRange(max = 101) int at, @ForAll @IntRange(min = 1, max = 255) int mask) {
        byte[] bytes = material.encrypt(new byte[20], EncryptionContext.NONE);
        assertThat(bytes).hasSize(102);
        bytes[at] ^= (byte) mask;

        assertInvalid(() -> material.decrypt(CiphertextBlob.read(bytes), EncryptionContext.NONE));
    }

    @Property(tries = 100)
    void noByteCanBeLeftOut(@ForAll @IntRange(max = 101) int length) {
        byte[] bytes = material.encrypt(new byte[20], EncryptionContext.NONE);
        byte[] cut = java.util.Arrays.copyOf(bytes, length);
        assertInvalid(() -> material.decrypt(CiphertextBlob.read(cut), EncryptionContext.NONE));
    }

    @Property
    void anyBytesAreReadOrRefused(@ForAll @Size(max = 120) byte[] bytes) {
        try {
            assertThat(CiphertextBlob.read(bytes).bytes()).isEqualTo(bytes);
        } catch (AwsException e) {
            assertThat(e.type()).isEqualTo("InvalidCiphertextException");
        }
    }

    @Example
    void noMaterialOpensWhatAnotherSealed() {
        byte[] bytes = material.encrypt(new byte[20], EncryptionContext.NONE);
        KeyMaterial other = KeyMaterial.of(KEY, MATERIAL_ID, KeyMaterial.generate());
        assertInvalid(() -> other.decrypt(CiphertextBlob.read(bytes), EncryptionContext.NONE));
    }

    @Example
    void aCiphertextOfVersion1IsOpenedForever() throws IOException {
        KeyMaterial golden = KeyMaterial.of(KEY, MATERIAL_ID, resource("material-1.hex"));
        byte[] plaintext =
                golden.decrypt(CiphertextBlob.read(resource("ciphertext-1.hex")), EncryptionContext.of(CONTEXT));
        assertThat(plaintext).asString().isEqualTo("sealed by version 1");
    }

    @Example
    void keyMaterialIsNeverShown() {
        assertThat(material).hasToString("KeyMaterial[" + MATERIAL_ID + "]");
    }

    private static void assertInvalid(org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        AwsException.class, e -> assertThat(e.type()).isEqualTo("InvalidCiphertextException"));
    }

    private static byte[] resource(String name) throws IOException {
        try (InputStream in = Objects.requireNonNull(CiphertextProperties.class.getResourceAsStream(name))) {
            return HexFormat.of()
                    .parseHex(new String(in.readAllBytes(), java.nio.charset.StandardCharsets.US_ASCII).strip());
        }
    }
}
