package io.riacho.auth.password;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.riacho.auth.TestDatabase;
import io.riacho.protocol.AwsException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.dao.DuplicateKeyException;

class PasswordsTest {

    private static final TestDatabase DATABASE = TestDatabase.make();
    private static final AtomicInteger USERS = new AtomicInteger();
    private static final String PASSWORD = "correct horse";

    private final Passwords passwords = new Passwords(DATABASE.jdbc(), InstantSource.system());
    private String user = "";

    @BeforeEach
    void makeAUser() {
        user = "AIDA" + String.format("%017d", USERS.incrementAndGet());
        DATABASE.jdbc()
                .sql("insert into auth.identity (id, kind, name, path, created_at) values (?, 'user', ?, '/', now())")
                .params(user, "user-" + user)
                .update();
    }

    @Test
    void aPasswordIsTheUsersAndNobodyElses() {
        passwords.add(user, passwords.hashed(PASSWORD));
        assertThat(passwords.matches(user, PASSWORD)).isTrue();
        assertThat(passwords.matches(user, "correct horse ")).isFalse();
        assertThat(passwords.matches(user, "Correct horse")).isFalse();
        assertThat(passwords.matches(null, PASSWORD)).isFalse();
        assertThat(passwords.matches("AIDA2", PASSWORD)).isFalse();
    }

    @Test
    void aUserHasOnePassword() {
        passwords.add(user, passwords.hashed(PASSWORD));
        assertThatExceptionOfType(DuplicateKeyException.class)
                .isThrownBy(() -> passwords.add(user, passwords.hashed("another horse")));
        assertThat(passwords.replace(user, passwords.hashed("another horse"))).isTrue();
        assertThat(passwords.matches(user, PASSWORD)).isFalse();
        assertThat(passwords.matches(user, "another horse")).isTrue();
    }

    @Test
    void onlyAUserThatIsThereGetsOne() {
        assertThat(passwords.set("AIDA00000000000009999", passwords.hashed(PASSWORD)))
                .isFalse();
        assertThat(passwords.set(user, passwords.hashed(PASSWORD))).isTrue();
        assertThat(passwords.set(user, passwords.hashed("another horse"))).isTrue();
        assertThat(passwords.matches(user, "another horse")).isTrue();
        assertThat(passwords.remove(user)).isTrue();
        assertThat(passwords.remove(user)).isFalse();
        assertThat(passwords.replace(user, passwords.hashed(PASSWORD))).isFalse();
        assertThat(passwords.matches(user, "another horse")).isFalse();
    }

    @Test
    void aPasswordIsExchangedByWhoKnowsTheOldOne() {
        assertThat(passwords.exchange(user, PASSWORD, passwords.hashed("another horse")))
                .isFalse();
        passwords.add(user, passwords.hashed(PASSWORD));
        assertThat(passwords.exchange(user, "wrong horse", passwords.hashed("another horse")))
                .isFalse();
        assertThat(passwords.matches(user, PASSWORD)).isTrue();
        assertThat(passwords.exchange(user, PASSWORD, passwords.hashed("another horse")))
                .isTrue();
        assertThat(passwords.matches(user, "another horse")).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "short", "sevench", "with\nnewline", "with\u0000zero"})
    void aWeakPasswordIsRefused(String password) {
        assertThatExceptionOfType(AwsException.class)
                .isThrownBy(() -> passwords.hashed(password))
                .matches(e -> e.type().equals("PasswordPolicyViolation"))
                .matches(e -> password.isEmpty() || !e.getMessage().contains(password));
    }

    @Test
    void allOfAPasswordCounts() {
        String longest = "x".repeat(71) + "1";
        passwords.add(user, passwords.hashed(longest));
        assertThat(passwords.matches(user, longest)).isTrue();
        assertThat(passwords.matches(user, "x".repeat(71) + "2")).isFalse();
        assertThat(passwords.matches(user, longest + "more")).isFalse();
        assertThatExceptionOfType(AwsException.class).isThrownBy(() -> passwords.hashed(longest + "more"));
        assertThatExceptionOfType(AwsException.class).isThrownBy(() -> passwords.hashed("ü".repeat(37)));
    }

    @Test
    void theTextFormHidesThePassword() {
        Passwords.Hashed hashed = passwords.hashed(PASSWORD);
        assertThat(hashed).hasToString("Hashed[hidden]");
    }

    /** In processor time, which other work on the machine does not change: hashing is thousands of times all else. */
    @Test
    void itCostsAsMuchToTryThePasswordOfNobodyAsThatOfAUser() {
        passwords.add(user, passwords.hashed(PASSWORD));
        long wrong = cost(user, "wrong horse");
        assertThat(cost(null, "wrong horse")).isBetween(wrong / 3, wrong * 3);
        assertThat(cost("AIDA2", "wrong horse")).isBetween(wrong / 3, wrong * 3);
        assertThat(cost(user, "short")).isBetween(wrong / 3, wrong * 3);
    }

    private long cost(@Nullable String id, String password) {
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        long[] costs = new long[5];
        for (int i = 0; i < costs.length; i++) {
            long start = threads.getCurrentThreadCpuTime();
            assertThat(passwords.matches(id, password)).isFalse();
            costs[i] = threads.getCurrentThreadCpuTime() - start;
        }
        Arrays.sort(costs);
        return costs[2];
    }
}
