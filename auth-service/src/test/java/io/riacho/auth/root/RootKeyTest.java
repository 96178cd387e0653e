package io.riacho.auth.root;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.google.crypto.tink.InsecureSecretKeyAccess;
import com.google.crypto.tink.KeysetHandle;
import com.google.crypto.tink.TinkJsonProtoKeysetFormat;
import com.google.crypto.tink.aead.PredefinedAeadParameters;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RootKeyTest {

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    @Test
    void theFileIsForItsOwnerOnly() throws IOException {
        Path file = folder.resolve("root-key");
        RootKey.in(file);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
    }

    @Test
    void aSecretOpensForItsPurposeOnly() throws GeneralSecurityException {
        RootKey key = RootKey.in(folder.resolve("root-key"));
        byte[] sealed = key.seal("secret".getBytes(UTF_8), "mine");
        assertThat(key.open(sealed, "mine")).isEqualTo("secret".getBytes(UTF_8));
        assertThatExceptionOfType(GeneralSecurityException.class).isThrownBy(() -> key.open(sealed, "another's"));
        sealed[sealed.length / 2] ^= 1;
        assertThatExceptionOfType(GeneralSecurityException.class).isThrownBy(() -> key.open(sealed, "mine"));
    }

    @Test
    void aNewPrimaryKeySealsAndTheOldOneStillOpens() throws Exception {
        Path file = folder.resolve("root-key");
        byte[] before = RootKey.in(file).seal("old".getBytes(UTF_8), "p");
        KeysetHandle old = TinkJsonProtoKeysetFormat.parseKeyset(Files.readString(file), InsecureSecretKeyAccess.get());
        KeysetHandle both = KeysetHandle.newBuilder(old)
                .addEntry(KeysetHandle.generateEntryFromParameters(PredefinedAeadParameters.AES256_GCM)
                        .withRandomId()
                        .makePrimary())
                .build();
        Files.writeString(file, TinkJsonProtoKeysetFormat.serializeKeyset(both, InsecureSecretKeyAccess.get()));

        RootKey rotated = RootKey.in(file);
        byte[] after = rotated.seal("new".getBytes(UTF_8), "p");

        assertThat(rotated.open(before, "p")).isEqualTo("old".getBytes(UTF_8));
        assertThat(rotated.open(after, "p")).isEqualTo("new".getBytes(UTF_8));
        Path oldFile = folder.resolve("old-key");
        Files.writeString(oldFile, TinkJsonProtoKeysetFormat.serializeKeyset(old, InsecureSecretKeyAccess.get()));
        assertThatExceptionOfType(GeneralSecurityException.class)
                .isThrownBy(() -> RootKey.in(oldFile).open(after, "p"));
    }

    @Test
    void theTextFormHidesTheKey() {
        assertThat(RootKey.in(folder.resolve("root-key"))).hasToString("RootKey[hidden]");
    }
}
