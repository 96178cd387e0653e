package io.riacho.kdasql;

import io.riacho.kdasql.statement.CreateFunction;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The functions that a translation uses: those of the Flink jar, to be registered, and the application's own, to be inlined. */
final class Functions {
    private static final String PREFIX = "KDA_";
    private static final String PACKAGE = "io.riacho.flink.function.";

    /** Functions call functions, but none can call itself. */
    private static final int MOST_NESTED = 32;

    private final TreeSet<String> used = new TreeSet<>();
    private final Map<String, CreateFunction> own = new HashMap<>();
    private int inlining;

    /** Notes that the function of the Flink jar is used; gives its name. */
    String use(String name) {
        used.add(name);
        return name;
    }

    List<String> registrations() {
        return used.stream()
                .map(name -> "CREATE TEMPORARY FUNCTION " + Text.quote(name) + " AS " + Text.literal(className(name)))
                .toList();
    }

    private static String className(String name) {
        return Arrays.stream(name.substring(PREFIX.length()).split("_"))
                .map(word -> word.charAt(0) + word.substring(1).toLowerCase(Locale.ROOT))
                .collect(Collectors.joining("", PACKAGE, ""));
    }

    void declare(CreateFunction function) {
        own.put(function.name().names.getLast(), function);
    }

    /** Says whether one more function can be inlined in the one that is; {@link #inlined} ends it. */
    boolean inline() {
        if (inlining >= MOST_NESTED) {
            return false;
        }
        inlining++;
        return true;
    }

    void inlined() {
        inlining--;
    }

    @Nullable
    CreateFunction declared(String name) {
        return own.get(name);
    }
}
