package io.riacho.auth.kms.cipher;

import io.riacho.auth.kms.error.KmsErrors;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.UUID;

/**
 * A ciphertext as clients keep it. Version 1:
 *
 * <pre>
 * byte  0      version, 1
 * bytes 1-16   the key's id
 * bytes 17-48  the id of the key's material
 * bytes 49-    Tink AEAD ciphertext (AES-256-GCM); associated data: bytes 0-48, then the canonical encryption context
 * </pre>
 */
public final class CiphertextBlob {

    private static final byte VERSION = 1;
    private static final int MATERIAL_ID_BYTES = 32;
    private static final int HEADER_BYTES = 1 + 2 * Long.BYTES + MATERIAL_ID_BYTES;

    private final UUID keyId;
    private final String materialId;
    private final byte[] sealed;

    /**
     * @param materialId 64 hexadecimal digits, lower case
     * @param sealed not copied
     */
    CiphertextBlob(UUID keyId, String materialId, byte[] sealed) {
        this.keyId = keyId;
        this.materialId = materialId;
        this.sealed = sealed;
    }

    /** @throws io.riacho.protocol.AwsException InvalidCiphertextException where no server of this kind wrote it */
    public static CiphertextBlob read(byte[] bytes) {
        if (bytes.length <= HEADER_BYTES || bytes[0] != VERSION) {
            throw KmsErrors.invalidCiphertext();
        }
        ByteBuffer in = ByteBuffer.wrap(bytes, 1, bytes.length - 1);
        UUID keyId = new UUID(in.getLong(), in.getLong());
        byte[] materialId = new byte[MATERIAL_ID_BYTES];
        in.get(materialId);
        byte[] sealed = new byte[in.remaining()];
        in.get(sealed);
        return new CiphertextBlob(keyId, HexFormat.of().formatHex(materialId), sealed);
    }

    public UUID keyId() {
        return keyId;
    }

    public String materialId() {
        return materialId;
    }

    byte[] sealed() {
        return sealed;
    }

    byte[] bytes() {
        return ByteBuffer.allocate(HEADER_BYTES + sealed.length)
                .put(header(keyId, materialId))
                .put(sealed)
                .array();
    }

    static byte[] associatedData(UUID keyId, String materialId, EncryptionContext context) {
        byte[] canonical = context.canonical();
        return ByteBuffer.allocate(HEADER_BYTES + canonical.length)
                .put(header(keyId, materialId))
                .put(canonical)
                .array();
    }

    private static byte[] header(UUID keyId, String materialId) {
        return ByteBuffer.allocate(HEADER_BYTES)
                .put(VERSION)
                .putLong(keyId.getMostSignificantBits())
                .putLong(keyId.getLeastSignificantBits())
                .put(HexFormat.of().parseHex(materialId))
                .array();
    }
}
