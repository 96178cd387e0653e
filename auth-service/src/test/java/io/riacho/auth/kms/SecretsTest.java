package io.riacho.auth.kms;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import com.google.crypto.tink.InsecureSecretKeyAccess;
import com.google.crypto.tink.TinkProtoKeysetFormat;
import com.google.crypto.tink.aead.AesGcmKey;
import io.riacho.auth.root.RootKey;
import io.riacho.protocol.key.DataKey;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.core.SdkBytes;

/** Looks for secrets that are known to exist wherever they could have been left. */
class SecretsTest {

    private static final ListAppender<ILoggingEvent> LOGGED = new ListAppender<>();
    private static KmsServer server;
    private static String key;
    private static byte[] dataKey;

    @BeforeAll
    static void useAKey() {
        server = new KmsServer();
        // A server that starts sets logging up anew.
        LOGGED.start();
        rootLogger().addAppender(LOGGED);
        setLevel(Level.DEBUG);
        key = server.newKey();
        DataKey made = server.keyService().generateDataKey(key, Map.of("a", "b"));
        dataKey = made.plaintext();
        server.keyService().unwrap(made.wrapped(), Map.of("a", "b"));
        Failures.refused(
                "InvalidCiphertextException",
                () -> server.root().decrypt(r -> r.ciphertextBlob(SdkBytes.fromByteArray(made.wrapped()))));
        Failures.refused(
                "ValidationException",
                () -> server.root().encrypt(r -> r.keyId(key).plaintext(SdkBytes.fromByteArray(tooLong(dataKey)))));
    }

    @AfterAll
    static void stop() {
        setLevel(Level.INFO);
        rootLogger().detachAppender(LOGGED);
        server.stop();
    }

    /** Of all that Riacho says, requests included. */
    private static void setLevel(Level level) {
        ((Logger) LoggerFactory.getLogger("io.riacho")).setLevel(level);
        ((Logger) LoggerFactory.getLogger("riacho.requests")).setLevel(level);
    }

    @Test
    void theSearchFindsWhatIsThere() {
        assertThat(tables()).anyMatch(row -> row.contains(key));
        assertThat(files()).isNotEmpty();
    }

    @Test
    void keyMaterialIsInNoTable() throws Exception {
        byte[] material = material();
        assertThat(tables()).noneMatch(row -> holds(row, material));
        assertThat(tables()).noneMatch(row -> holds(row, dataKey));
    }

    @Test
    void keyMaterialIsInNoFile() throws Exception {
        byte[] material = material();
        assertThat(files()).noneMatch(file -> holds(file, material));
        assertThat(files()).noneMatch(file -> holds(file, dataKey));
    }

    @Test
    void keyMaterialIsInNoLine() throws Exception {
        byte[] material = material();
        List<String> lines =
                LOGGED.list.stream().map(ILoggingEvent::getFormattedMessage).toList();
        assertThat(lines).isNotEmpty();
        assertThat(lines).noneMatch(line -> holds(line, material) || holds(line, dataKey));
    }

    /** The key's raw bytes, as only the root key shows them. */
    private static byte[] material() throws Exception {
        RootKey rootKey = RootKey.in(server.folder().resolve("auth").resolve("root-key"));
        String id = server.root().describeKey(r -> r.keyId(key)).keyMetadata().currentKeyMaterialId();
        byte[] wrapped = server.jdbc()
                .sql("select wrapped from auth.kms_material where id = ?")
                .param(id)
                .query((row, _) -> row.getBytes(1))
                .single();
        byte[] keyset = rootKey.open(wrapped, "kms-key " + key + " material " + id);
        AesGcmKey raw = (AesGcmKey) TinkProtoKeysetFormat.parseKeyset(keyset, InsecureSecretKeyAccess.get())
                .getPrimary()
                .getKey();
        return raw.getKeyBytes().toByteArray(InsecureSecretKeyAccess.get());
    }

    /** Every row of every table, as text; what is binary in hexadecimal digits. */
    private static List<String> tables() {
        List<String> rows = new ArrayList<>();
        List<String> names = texts(
                "select quote_ident(table_schema) || '.' || quote_ident(table_name) from information_schema.tables"
                        + " where table_type = 'BASE TABLE' and table_schema not in ('pg_catalog', 'information_schema')");
        for (String name : names) {
            rows.addAll(texts("select t::text from " + name + " t"));
        }
        return rows;
    }

    private static List<String> texts(String sql) {
        return server.jdbc().sql(sql).query((row, _) -> row.getString(1)).list();
    }

    private static List<String> files() {
        try (Stream<Path> all = Files.walk(server.folder())) {
            return all.filter(Files::isRegularFile)
                    .map(file -> {
                        try {
                            return new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
                        } catch (IOException e) {
                            throw new UncheckedIOException(e);
                        }
                    })
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean holds(String text, byte[] secret) {
        return text.contains(new String(secret, StandardCharsets.ISO_8859_1))
                || text.toLowerCase(java.util.Locale.ROOT)
                        .contains(HexFormat.of().formatHex(secret))
                || text.contains(Base64.getEncoder().withoutPadding().encodeToString(secret))
                || text.contains(Base64.getUrlEncoder().withoutPadding().encodeToString(secret));
    }

    private static byte[] tooLong(byte[] secret) {
        byte[] all = new byte[5000];
        for (int i = 0; i < all.length; i++) {
            all[i] = secret[i % secret.length];
        }
        return all;
    }

    private static Logger rootLogger() {
        return (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    }
}
