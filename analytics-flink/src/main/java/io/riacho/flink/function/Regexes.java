package io.riacho.flink.function;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The regular expressions used last. Not thread-safe. */
final class Regexes {
    private static final int KEPT = 64;

    private final Function<String, @Nullable Regex> compiler;
    private final Map<String, Optional<Regex>> known = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Optional<Regex>> eldest) {
            return size() > KEPT;
        }
    };

    Regexes(Function<String, @Nullable Regex> compiler) {
        this.compiler = compiler;
    }

    /** Null if the text is no pattern. */
    @Nullable
    Regex of(String pattern) {
        return known.computeIfAbsent(pattern, text -> Optional.ofNullable(compiler.apply(text)))
                .orElse(null);
    }
}
