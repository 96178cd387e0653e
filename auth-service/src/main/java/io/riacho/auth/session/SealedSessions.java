package io.riacho.auth.session;

import com.google.crypto.tink.Aead;
import io.riacho.auth.rotation.RotatingKeys;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.InflaterInputStream;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * Session tokens: version 1 (one byte), the id of the key (8 bytes), and the sealed session; Base64. Sealed is the
 * session with its secret, JSON, deflated. The access key id is authenticated with it, so a token opens with its own only.
 * Safe for use by many threads.
 */
final class SealedSessions {

    private static final byte VERSION = 1;
    private static final int KEY_ID_BYTES = 8;
    private static final int LONGEST_TOKEN = 12 * 1024;
    private static final int LONGEST_SESSION = 64 * 1024;
    private static final JsonMapper JSON = JsonMapper.shared();

    private final RotatingKeys<Aead> keys;

    SealedSessions(RotatingKeys<Aead> keys) {
        this.keys = keys;
    }

    /** A session with the secret that its owner signs with. */
    record Content(Session session, String secretAccessKey) {

        @Override
        public String toString() {
            return "Content[hidden]";
        }
    }

    String seal(String accessKeyId, Content content) {
        RotatingKeys.Entry<Aead> key = keys.current();
        try {
            byte[] sealed = key.key().encrypt(deflate(JSON.writeValueAsBytes(content)), associated(accessKeyId));
            return Base64.getEncoder()
                    .encodeToString(ByteBuffer.allocate(1 + KEY_ID_BYTES + sealed.length)
                            .put(VERSION)
                            .put(HexFormat.of().parseHex(key.id()))
                            .put(sealed)
                            .array());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("A session could not be sealed", e);
        }
    }

    /** Empty where the token is not one of ours, was changed, or belongs to another access key. */
    Optional<Content> open(String accessKeyId, String token) {
        if (token.length() > LONGEST_TOKEN) {
            return Optional.empty();
        }
        try {
            ByteBuffer bytes = ByteBuffer.wrap(Base64.getDecoder().decode(token));
            if (bytes.remaining() <= 1 + KEY_ID_BYTES || bytes.get() != VERSION) {
                return Optional.empty();
            }
            byte[] id = new byte[KEY_ID_BYTES];
            bytes.get(id);
            Optional<Aead> key = keys.find(HexFormat.of().formatHex(id));
            if (key.isEmpty()) {
                return Optional.empty();
            }
            byte[] sealed = new byte[bytes.remaining()];
            bytes.get(sealed);
            return Optional.of(
                    JSON.readValue(inflate(key.get().decrypt(sealed, associated(accessKeyId))), Content.class));
        } catch (IllegalArgumentException | GeneralSecurityException | JacksonException e) {
            return Optional.empty();
        }
    }

    private static byte[] associated(String accessKeyId) {
        return ("session " + accessKeyId).getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] deflate(byte[] bytes) {
        ByteArrayOutputStream packed = new ByteArrayOutputStream(bytes.length);
        try (DeflaterOutputStream deflater = new DeflaterOutputStream(packed)) {
            deflater.write(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return packed.toByteArray();
    }

    /** Only what was sealed here comes this far, but a bound costs nothing. */
    private static byte[] inflate(byte[] packed) throws GeneralSecurityException {
        try (InflaterInputStream inflater = new InflaterInputStream(new java.io.ByteArrayInputStream(packed))) {
            byte[] bytes = inflater.readNBytes(LONGEST_SESSION + 1);
            if (bytes.length > LONGEST_SESSION) {
                throw new GeneralSecurityException("longer than any session");
            }
            return bytes;
        } catch (IOException e) {
            throw new GeneralSecurityException("not packed as sessions are", e);
        }
    }
}
