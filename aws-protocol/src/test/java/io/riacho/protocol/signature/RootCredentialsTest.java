package io.riacho.protocol.signature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RootCredentialsTest {

    @TempDir
    Path folder;

    private Path file;

    @BeforeEach
    void chooseFile() {
        file = folder.resolve("data").resolve("credentials");
    }

    @Test
    void whatIsGivenIsUsedAndNothingWritten() {
        RootCredentials root = RootCredentials.of("AKIAGIVEN", "secret", file);

        assertThat(root.accessKeyId()).isEqualTo("AKIAGIVEN");
        assertThat(root.secretAccessKey()).isEqualTo("secret");
        assertThat(file).doesNotExist();
    }

    @Test
    void aKeyIdWithoutItsSecretIsRefused() {
        assertThatThrownBy(() -> RootCredentials.of("AKIAGIVEN", null, file))
                .hasMessageContaining("have to be set together");
    }

    @Test
    void theFirstStartMakesAKeyThatLaterStartsFind() {
        RootCredentials made = RootCredentials.of(null, null, file);

        assertThat(made.accessKeyId()).matches("AKIA[A-Z2-7]{16}");
        assertThat(made.secretAccessKey()).hasSize(40);
        assertThat(RootCredentials.of(null, null, file)).isEqualTo(made);
    }

    @Test
    void twoInstallationsHaveDifferentKeys() {
        RootCredentials one = RootCredentials.of(null, null, file);
        RootCredentials other = RootCredentials.of(null, null, folder.resolve("other"));

        assertThat(one.secretAccessKey()).isNotEqualTo(other.secretAccessKey());
    }

    @Test
    void theFileIsForItsOwnerOnlyAndInTheFormatOfAwsTools() throws IOException {
        RootCredentials made = RootCredentials.of(null, null, file);

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(Files.readString(file))
                .isEqualTo("[default]\naws_access_key_id = " + made.accessKeyId() + "\naws_secret_access_key = "
                        + made.secretAccessKey() + "\n");
    }

    @Test
    void aFileWithoutAKeyIsRefused() throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, "[default]\nregion = us-east-1\n");

        assertThatThrownBy(() -> RootCredentials.of(null, null, file))
                .hasMessageContaining("has no aws_access_key_id and aws_secret_access_key");
    }

    @Test
    void theTextFormHidesTheSecret() {
        assertThat(new RootCredentials("AKIAGIVEN", "hush").toString()).doesNotContain("hush");
    }
}
