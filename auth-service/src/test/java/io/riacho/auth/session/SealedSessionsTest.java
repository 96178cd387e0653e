package io.riacho.auth.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.riacho.auth.TestDatabase;
import io.riacho.auth.root.RootKey;
import io.riacho.auth.rotation.RotatingKeys;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SealedSessionsTest {

    private static final String KEY = "ASIA2222222222222222";
    private static final String SECRET = "the-secret-of-the-session";
    private static final Session SESSION = new Session(
            Session.Kind.ROLE,
            "role",
            "AROA22222222222222222",
            "name",
            Instant.parse("2026-11-26T12:00:00Z"),
            Instant.parse("2026-11-26T13:00:00Z"),
            "{\"Version\":\"2012-10-17\",\"Statement\":[]}",
            List.of("arn:aws:iam::aws:policy/ReadOnlyAccess"),
            Map.of("team", "blue"),
            List.of("team"),
            "ann",
            "arn:aws:iam::123456789012:oidc-provider/idp.example",
            Map.of("a", List.of("b")),
            null);

    @TempDir
    private static Path folder;

    private static SealedSessions sealed;
    private static String token;

    @BeforeAll
    static void seal() {
        sealed = sessions(RootKey.in(folder.resolve("root-key")));
        token = sealed.seal(KEY, new SealedSessions.Content(SESSION, SECRET));
    }

    private static SealedSessions sessions(RootKey rootKey) {
        TestDatabase database = TestDatabase.make();
        return new SealedSessions(new RotatingKeys<>(
                SealKeys.KIND, database.jdbc(), database.transactions(), rootKey, InstantSource.system()));
    }

    @Test
    void aTokenOpensToWhatWasSealed() {
        SealedSessions.Content content = sealed.open(KEY, token).orElseThrow();
        assertThat(content.session()).isEqualTo(SESSION);
        assertThat(content.secretAccessKey()).isEqualTo(SECRET);
    }

    @Test
    void aTokenWithAnyOneByteChangedDoesNotOpen() {
        byte[] bytes = Base64.getDecoder().decode(token);
        for (int i = 0; i < bytes.length; i++) {
            for (int change : new int[] {1, 0x80, 0xff}) {
                bytes[i] ^= (byte) change;
                assertThat(sealed.open(KEY, Base64.getEncoder().encodeToString(bytes)))
                        .as("byte %d", i)
                        .isEmpty();
                bytes[i] ^= (byte) change;
            }
        }
        assertThat(sealed.open(KEY, Base64.getEncoder().encodeToString(bytes))).isPresent();
    }

    @Test
    void aTokenThatWasCutOrGrewDoesNotOpen() {
        byte[] bytes = Base64.getDecoder().decode(token);
        for (int length = 0; length < bytes.length; length++) {
            assertThat(sealed.open(KEY, Base64.getEncoder().encodeToString(java.util.Arrays.copyOf(bytes, length))))
                    .as("%d bytes", length)
                    .isEmpty();
        }
        assertThat(sealed.open(
                        KEY, Base64.getEncoder().encodeToString(java.util.Arrays.copyOf(bytes, bytes.length + 1))))
                .isEmpty();
    }

    @Test
    void aTokenThatIsNoneDoesNotOpen() {
        for (String text : new String[] {"", "A", "====", "not base 64!", "\u0000", "é", "A".repeat(20_000)}) {
            assertThat(sealed.open(KEY, text)).isEmpty();
        }
    }

    @Test
    void aTokenOpensWithItsOwnAccessKeyOnly() {
        assertThat(sealed.open("ASIA3333333333333333", token)).isEmpty();
        assertThat(sealed.open("", token)).isEmpty();
        assertThat(sealed.open(KEY + " ", token)).isEmpty();
        assertThat(sealed.open(KEY.toLowerCase(java.util.Locale.ROOT), token)).isEmpty();
    }

    @Test
    void aTokenOfAnotherServerDoesNotOpen() {
        SealedSessions other = sessions(RootKey.in(folder.resolve("another")));
        assertThat(sealed.open(KEY, other.seal(KEY, new SealedSessions.Content(SESSION, SECRET))))
                .isEmpty();
    }

    @Test
    void aTokenShowsNothingOfTheSession() {
        String shown = new String(Base64.getDecoder().decode(token), StandardCharsets.ISO_8859_1);
        assertThat(shown).doesNotContain(SECRET).doesNotContain("AROA").doesNotContain("team");
        assertThat(sealed.seal(KEY, new SealedSessions.Content(SESSION, SECRET)))
                .isNotEqualTo(token);
    }

    @Test
    void textFormsHideSecrets() {
        SealedSessions.Content content = new SealedSessions.Content(SESSION, SECRET);
        assertThat(content.toString()).doesNotContain(SECRET);
        OpenedSession opened = OpenedSession.of(KEY, new SealedSessions.Content(withoutPolicy(), SECRET));
        assertThat(String.valueOf(opened)).contains(KEY).doesNotContain(SECRET);
        assertThat(new TemporaryCredentials(KEY, SECRET, token, SESSION.expiresAt()).toString())
                .doesNotContain(SECRET)
                .doesNotContain(token);
    }

    private static Session withoutPolicy() {
        return new Session(
                Session.Kind.USER,
                "user",
                "AIDA22222222222222222",
                "",
                SESSION.issuedAt(),
                SESSION.expiresAt(),
                null,
                List.of(),
                Map.of(),
                List.of(),
                null,
                null,
                Map.of(),
                null);
    }
}
