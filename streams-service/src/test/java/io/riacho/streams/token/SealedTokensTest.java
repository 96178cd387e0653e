package io.riacho.streams.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Base64;
import java.util.Optional;
import javax.crypto.SecretKey;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SealedTokensTest {

    private static final byte PURPOSE = 'A';
    private static final byte[] CONTENT = "stream 17, shard 3".getBytes(StandardCharsets.UTF_8);

    @TempDir
    Path folder;

    @SuppressWarnings("NullAway.Init")
    private SealedTokens tokens;

    @BeforeEach
    void makeKey() {
        tokens = new SealedTokens(TokenKey.in(folder));
    }

    @Test
    void aTokenOpensToWhatWasSealed() {
        assertThat(opened(tokens, tokens.seal(PURPOSE, CONTENT))).contains(CONTENT);
        assertThat(opened(tokens, tokens.seal(PURPOSE, new byte[0]))).contains(new byte[0]);
    }

    @Test
    void twoTokensOfTheSameContentDiffer() {
        assertThat(tokens.seal(PURPOSE, CONTENT)).isNotEqualTo(tokens.seal(PURPOSE, CONTENT));
    }

    @Test
    void aTokenDoesNotOpenForAnotherPurpose() {
        assertThat(tokens.open((byte) 'B', tokens.seal(PURPOSE, CONTENT))).isEmpty();
    }

    @Test
    void aTokenOfWhichAnyByteIsChangedDoesNotOpen() {
        byte[] token = Base64.getDecoder().decode(tokens.seal(PURPOSE, CONTENT));
        for (int i = 0; i < token.length; i++) {
            byte[] changed = token.clone();
            changed[i] ^= 1;
            assertThat(tokens.open(PURPOSE, Base64.getEncoder().encodeToString(changed)))
                    .as("byte %s", i)
                    .isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "A",
                "AAAA",
                "not Base64!",
                "\u00e9\u00e9\u00e9\u00e9",
                "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"
            })
    void whatIsNoTokenDoesNotOpen(String text) {
        assertThat(tokens.open(PURPOSE, text)).isEmpty();
    }

    @Test
    void aTokenThatIsCutDoesNotOpen() {
        String token = tokens.seal(PURPOSE, CONTENT);
        for (int length = 0; length < token.length(); length += 4) {
            assertThat(tokens.open(PURPOSE, token.substring(0, length))).isEmpty();
        }
    }

    @Test
    void aTokenOutlivesTheProcess() {
        String token = tokens.seal(PURPOSE, CONTENT);

        assertThat(opened(new SealedTokens(TokenKey.in(folder)), token)).contains(CONTENT);
    }

    @Test
    void aTokenOfAnotherInstallationDoesNotOpen() throws Exception {
        SecretKey other = TokenKey.in(Files.createDirectory(folder.resolve("other")));

        assertThat(tokens.open(PURPOSE, new SealedTokens(other).seal(PURPOSE, CONTENT)))
                .isEmpty();
    }

    @Test
    void onlyTheOwnerMayReadTheKey() throws Exception {
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("token-key"))))
                .isEqualTo("rw-------");
    }

    @Test
    void aDamagedKeyIsReported() throws Exception {
        Files.write(folder.resolve("token-key"), new byte[3]);

        assertThatIllegalStateException().isThrownBy(() -> TokenKey.in(folder)).withMessageContaining("token-key");
    }

    private static Optional<byte[]> opened(SealedTokens tokens, String token) {
        return tokens.open(PURPOSE, token).map(content -> {
            byte[] bytes = new byte[content.remaining()];
            content.get(bytes);
            return bytes;
        });
    }
}
