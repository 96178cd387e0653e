package io.riacho.auth.rotation;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.riacho.auth.TestDatabase;
import io.riacho.auth.root.RootKey;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RotatingKeysTest {

    private static final Duration ROTATED = Duration.ofDays(30);
    private static final Duration KEPT = Duration.ofDays(2);
    private static final Duration KNOWN_EVERYWHERE = Duration.ofMinutes(2);
    private static final Duration A_MOMENT = Duration.ofSeconds(2);

    private static final TestDatabase DATABASE = TestDatabase.make();
    private static final AtomicInteger MADE = new AtomicInteger();

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    private RootKey rootKey;
    private volatile Instant now = Instant.parse("2026-11-26T12:00:00Z");

    @BeforeEach
    void emptyTheTable() {
        rootKey = RootKey.in(folder.resolve("root-key"));
        DATABASE.jdbc().sql("delete from auth.rotating_key").update();
    }

    private RotatingKeys<String> process() {
        return process("purpose", rootKey);
    }

    /** Keys are the texts key-1, key-2, …. */
    private RotatingKeys<String> process(String purpose, RootKey sealing) {
        return new RotatingKeys<>(
                new RotatingKeys.Kind<>(
                        purpose,
                        ROTATED,
                        KEPT,
                        () -> ("key-" + MADE.incrementAndGet()).getBytes(UTF_8),
                        key -> new String(key, UTF_8)),
                DATABASE.jdbc(),
                DATABASE.transactions(),
                sealing,
                () -> now);
    }

    private void pass(Duration time) {
        now = now.plus(time);
    }

    private static List<String> ids(RotatingKeys<String> keys) {
        return keys.all().stream().map(RotatingKeys.Entry::id).toList();
    }

    @Test
    void processesThatStartAtOnceAgreeOnOneKey() throws InterruptedException {
        Set<String> ids = ConcurrentHashMap.newKeySet();
        List<Thread> starting = java.util.stream.IntStream.range(0, 4)
                .mapToObj(_ -> Thread.startVirtualThread(
                        () -> ids.add(process().current().id())))
                .toList();
        for (Thread thread : starting) {
            thread.join();
        }

        assertThat(ids).hasSize(1);
    }

    @Test
    void aNewKeyIsUsedOnceEveryProcessKnowsIt() {
        RotatingKeys<String> one = process();
        RotatingKeys<String> other = process();
        String old = one.current().id();
        assertThat(other.current().id()).isEqualTo(old);

        pass(ROTATED.plus(A_MOMENT));
        assertThat(ids(one)).hasSize(2).contains(old);
        assertThat(one.current().id()).isEqualTo(old);
        assertThat(ids(other)).isEqualTo(ids(one));

        pass(KNOWN_EVERYWHERE.plus(A_MOMENT));
        assertThat(one.current().id()).isNotEqualTo(old).isEqualTo(ids(one).getFirst());
        assertThat(other.find(one.current().id())).isPresent();
    }

    @Test
    void anOldKeyIsFoundUntilNothingIsLeftThatItWasUsedFor() {
        RotatingKeys<String> keys = process();
        String old = keys.current().id();
        pass(ROTATED.plus(A_MOMENT));
        keys.current();

        pass(KEPT.minus(A_MOMENT));
        assertThat(keys.find(old)).isPresent();
        assertThat(process().find(old)).isPresent();

        pass(A_MOMENT.multipliedBy(2).plusMinutes(1));
        assertThat(ids(keys)).hasSize(1).doesNotContain(old);
        assertThat(keys.find(old)).isEmpty();
        assertThat(DATABASE.jdbc()
                        .sql("select count(*) from auth.rotating_key where id = ?")
                        .param(old)
                        .query(Integer.class)
                        .single())
                .isZero();
    }

    @Test
    void aYoungKeyIsNotExchanged() {
        RotatingKeys<String> keys = process();
        String id = keys.current().id();

        pass(ROTATED.minus(A_MOMENT));

        assertThat(ids(keys)).containsExactly(id);
    }

    @Test
    void whoNamesUnknownKeysDoesNotMakeTheDatabaseAnswerEachTime() {
        RotatingKeys<String> keys = process();
        keys.current();
        pass(A_MOMENT);
        assertThat(keys.find("0000000000000000")).isEmpty();
        DATABASE.jdbc().sql("delete from auth.rotating_key").update();
        RotatingKeys<String> other = process();
        String id = other.current().id();

        assertThat(keys.find(id)).isEmpty();
        pass(A_MOMENT);
        assertThat(keys.find(id)).isPresent();
    }

    @Test
    void keysAreSealedUnderTheRootKey() {
        String key = process().current().key();

        List<byte[]> sealed = DATABASE.jdbc()
                .sql("select sealed from auth.rotating_key")
                .query((row, _) -> row.getBytes(1))
                .list();
        assertThat(sealed)
                .singleElement()
                .satisfies(bytes -> assertThat(new String(bytes, java.nio.charset.StandardCharsets.ISO_8859_1))
                        .doesNotContain(key));
        RootKey another = RootKey.in(folder.resolve("another"));
        assertThatIllegalStateException()
                .isThrownBy(() -> process("purpose", another).current());
    }

    @Test
    void aKeyThatWasMovedToAnotherPurposeOrNameIsNotOpened() {
        process().current();
        DATABASE.jdbc().sql("update auth.rotating_key set purpose = 'other'").update();
        assertThatIllegalStateException()
                .isThrownBy(() -> process("other", rootKey).current());

        DATABASE.jdbc()
                .sql("update auth.rotating_key set purpose = 'purpose', id = '0123456789abcdef'")
                .update();
        assertThatIllegalStateException().isThrownBy(() -> process().current());
    }

    @Test
    void theTextFormOfAKeyHidesIt() {
        RotatingKeys.Entry<String> entry = process().current();
        assertThat(entry.toString()).contains(entry.id()).doesNotContain(entry.key());
    }
}
