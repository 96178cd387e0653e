package io.riacho.streams.traffic;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class HotKeysTest {

    private final AtomicLong nanos = new AtomicLong();
    private final HotKeys keys = new HotKeys(nanos::get);

    private boolean put(String... partitionKeys) {
        return keys.add(partitionKeys.length, i -> partitionKeys[i].getBytes(StandardCharsets.UTF_8));
    }

    private void pass(Duration time) {
        nanos.addAndGet(time.toNanos());
    }

    private static Map<String, Long> counts(HotKeys.Top top) {
        return top.keys().stream().collect(Collectors.toMap(HotKeys.Counted::partitionKey, HotKeys.Counted::records));
    }

    @Test
    void fewKeysAreCountedExactly() {
        put("a", "b", "a");
        put("a");

        HotKeys.Top top = keys.top(10);

        assertThat(top.records()).isEqualTo(4);
        assertThat(top.atMostMore()).isZero();
        assertThat(top.keys().stream().map(HotKeys.Counted::partitionKey)).containsExactly("a", "b");
        assertThat(counts(top)).isEqualTo(Map.of("a", 3L, "b", 1L));
    }

    /** With skewed keys in any order: no count is too high, none too low by more than is told, and little memory is used. */
    @Test
    void eachCountIsWithinWhatIsToldHoweverManyKeysThereAre() {
        Random random = new Random(7);
        Map<String, Long> exact = new HashMap<>();
        for (int i = 0; i < 200_000; i++) {
            String key = random.nextInt(4) == 0 ? "hot-" + random.nextInt(5) : "key-" + random.nextInt(50_000);
            exact.merge(key, 1L, Long::sum);
            put(key);
        }

        HotKeys.Top top = keys.top(Integer.MAX_VALUE);

        assertThat(top.records()).isEqualTo(200_000);
        assertThat(top.keys().size()).isLessThanOrEqualTo(HotKeys.MOST_KEYS);
        assertThat(top.atMostMore()).isLessThan(2_000);
        Map<String, Long> counted = counts(top);
        exact.forEach(
                (key, count) -> assertThat(counted.getOrDefault(key, 0L)).isBetween(count - top.atMostMore(), count));
        assertThat(top.keys().stream().limit(5).map(HotKeys.Counted::partitionKey))
                .allMatch(key -> key.startsWith("hot-"));
    }

    @Test
    void whatIsOlderThanTwentySecondsIsForgotten() {
        put("old");
        pass(Duration.ofSeconds(11));
        put("new");
        assertThat(counts(keys.top(10))).isEqualTo(Map.of("old", 1L, "new", 1L));
        pass(Duration.ofSeconds(11));
        assertThat(counts(keys.top(10))).isEqualTo(Map.of("new", 1L));
        pass(Duration.ofSeconds(25));
        assertThat(keys.top(10).keys()).isEqualTo(List.of());
        assertThat(keys.top(10).since()).isLessThan(Duration.ofSeconds(20));
    }

    @Test
    void nothingIsCountedOnceNobodyHasAskedForHalfAMinute() {
        assertThat(put("a")).isTrue();
        pass(Duration.ofSeconds(29));
        assertThat(put("a")).isTrue();
        keys.top(1);
        pass(Duration.ofSeconds(29));
        assertThat(put("a")).isTrue();
        pass(Duration.ofSeconds(2));
        assertThat(put("a")).isFalse();
    }
}
