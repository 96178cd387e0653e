package io.riacho.firehose.deliverystream;

import com.google.crypto.tink.Aead;
import com.google.crypto.tink.InsecureSecretKeyAccess;
import com.google.crypto.tink.KeysetHandle;
import com.google.crypto.tink.RegistryConfiguration;
import com.google.crypto.tink.TinkProtoKeysetFormat;
import com.google.crypto.tink.aead.AeadConfig;
import com.google.crypto.tink.aead.PredefinedAeadParameters;
import io.riacho.protocol.secret.SecretFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The key that configurations are sealed with: a file that only its owner may read, made at the first start. The database
 * knows a text that it has sealed, so that a process with another key stops at once.
 */
final class ConfigurationKey {

    private static final byte[] KNOWN = "riacho firehose".getBytes(StandardCharsets.UTF_8);

    private ConfigurationKey() {}

    static Aead in(Path folder, JdbcClient jdbc, TransactionTemplate transactions) {
        Path file = folder.resolve("configuration-key");
        Aead key = transactions.execute(_ -> {
            // Of several processes that start for the first time, one makes the key.
            jdbc.sql("lock table firehose.configuration_key in exclusive mode").update();
            Optional<byte[]> proof = jdbc.sql("select proof from firehose.configuration_key")
                    .query((row, _) -> row.getBytes("proof"))
                    .optional();
            try {
                if (!Files.exists(file)) {
                    make(file, proof.isPresent());
                }
                Aead found = read(file);
                if (proof.isEmpty()) {
                    jdbc.sql("insert into firehose.configuration_key (proof) values (?)")
                            .param(found.encrypt(KNOWN, KNOWN))
                            .update();
                } else {
                    requireSame(found, proof.get(), file);
                }
                return found;
            } catch (IOException e) {
                throw new UncheckedIOException("The key of delivery streams cannot be kept in " + file, e);
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException("The key of delivery streams in " + file + " is damaged", e);
            }
        });
        return key;
    }

    private static void make(Path file, boolean known) throws IOException, GeneralSecurityException {
        if (known) {
            throw new IllegalStateException(file + " is missing. The configurations of the delivery streams in the "
                    + "database are sealed with it: put it back.");
        }
        AeadConfig.register();
        SecretFile.write(
                file,
                TinkProtoKeysetFormat.serializeKeyset(
                        KeysetHandle.generateNew(PredefinedAeadParameters.AES256_GCM), InsecureSecretKeyAccess.get()));
    }

    private static Aead read(Path file) throws IOException, GeneralSecurityException {
        AeadConfig.register();
        return TinkProtoKeysetFormat.parseKeyset(Files.readAllBytes(file), InsecureSecretKeyAccess.get())
                .getPrimitive(RegistryConfiguration.get(), Aead.class);
    }

    private static void requireSame(Aead key, byte[] proof, Path file) {
        try {
            byte[] unused = key.decrypt(proof, KNOWN);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(
                    file + " is not the key that the delivery streams in the database are sealed with.", e);
        }
    }
}
