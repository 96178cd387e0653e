package io.riacho.streams.token;

import io.riacho.protocol.secret.SecretFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;

/** The key that tokens are sealed with: a file that only its owner may read, made at the first start. */
public final class TokenKey {

    private static final int BYTES = 16;

    private TokenKey() {}

    public static SecretKey in(Path folder) {
        Path file = folder.resolve("token-key");
        try {
            if (!Files.exists(file)) {
                make(file);
            }
            byte[] key = Files.readAllBytes(file);
            if (key.length != BYTES) {
                throw new IllegalStateException(
                        file + " is damaged. Delete it: iterators given so far become invalid.");
            }
            return new SecretKeySpec(key, "AES");
        } catch (IOException e) {
            throw new UncheckedIOException("The key of shard iterators cannot be kept in " + file, e);
        }
    }

    private static void make(Path file) throws IOException {
        byte[] key = new byte[BYTES];
        new SecureRandom().nextBytes(key);
        SecretFile.write(file, key);
    }
}
