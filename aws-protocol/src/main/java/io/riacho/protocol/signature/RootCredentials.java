package io.riacho.protocol.signature;

import io.riacho.protocol.secret.SecretFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The root access key: given, or made at the first start and kept in a file that AWS's tools can read. */
public record RootCredentials(String accessKeyId, String secretAccessKey) {

    private static final Logger log = LoggerFactory.getLogger(RootCredentials.class);
    private static final String KEY_ID = "aws_access_key_id";
    private static final String SECRET = "aws_secret_access_key";
    private static final String KEY_ID_CHARACTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    private static final int RANDOM_KEY_ID_CHARACTERS = 16;
    private static final int SECRET_BYTES = 30;

    /**
     * As it is set, or kept in the file {@code credentials} of the data folder.
     *
     * @param settings null for what is not set
     */
    public static RootCredentials of(Function<String, @Nullable String> settings, Path dataFolder) {
        return of(
                settings.apply("RIACHO_ROOT_ACCESS_KEY_ID"),
                settings.apply("RIACHO_ROOT_SECRET_ACCESS_KEY"),
                dataFolder.resolve("credentials"));
    }

    /**
     * The same, whoever asks first: one of them makes it.
     *
     * @param accessKeyId null, as the secret, where none is given
     * @param file in the format of AWS's shared credentials; made, for its owner only, where nothing is given
     * @throws IllegalStateException where only one of both is given
     */
    public static synchronized RootCredentials of(
            @Nullable String accessKeyId, @Nullable String secretAccessKey, Path file) {
        boolean hasId = accessKeyId != null && !accessKeyId.isBlank();
        boolean hasSecret = secretAccessKey != null && !secretAccessKey.isBlank();
        if (hasId != hasSecret) {
            throw new IllegalStateException(
                    "RIACHO_ROOT_ACCESS_KEY_ID and RIACHO_ROOT_SECRET_ACCESS_KEY have to be set together");
        }
        if (accessKeyId != null && secretAccessKey != null && hasId) {
            return new RootCredentials(accessKeyId, secretAccessKey);
        }
        try {
            return Files.exists(file) ? read(file) : make(file);
        } catch (IOException e) {
            throw new UncheckedIOException("The root access key cannot be kept in " + file, e);
        }
    }

    private static RootCredentials read(Path file) throws IOException {
        Map<String, String> values = new HashMap<>();
        for (String line : Files.readAllLines(file)) {
            int equals = line.indexOf('=');
            if (equals > 0) {
                values.putIfAbsent(
                        line.substring(0, equals).strip(),
                        line.substring(equals + 1).strip());
            }
        }
        String id = values.get(KEY_ID);
        String secret = values.get(SECRET);
        if (id == null || secret == null || id.isEmpty() || secret.isEmpty()) {
            throw new IllegalStateException(file + " has no " + KEY_ID + " and " + SECRET);
        }
        return new RootCredentials(id, secret);
    }

    private static RootCredentials make(Path file) throws IOException {
        SecureRandom random = new SecureRandom();
        StringBuilder id = new StringBuilder("AKIA");
        for (int i = 0; i < RANDOM_KEY_ID_CHARACTERS; i++) {
            id.append(KEY_ID_CHARACTERS.charAt(random.nextInt(KEY_ID_CHARACTERS.length())));
        }
        byte[] secret = new byte[SECRET_BYTES];
        random.nextBytes(secret);
        RootCredentials made =
                new RootCredentials(id.toString(), Base64.getEncoder().encodeToString(secret));
        made.write(file);
        log.info(
                "Made a root access key and wrote it to {}",
                file.toAbsolutePath().normalize());
        return made;
    }

    private void write(Path file) throws IOException {
        String text = "[default]\n" + KEY_ID + " = " + accessKeyId + "\n" + SECRET + " = " + secretAccessKey + "\n";
        SecretFile.write(file, text.getBytes(StandardCharsets.US_ASCII));
    }

    @Override
    public String toString() {
        return "RootCredentials[" + accessKeyId + "]";
    }
}
