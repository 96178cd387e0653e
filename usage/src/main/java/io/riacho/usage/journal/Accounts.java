package io.riacho.usage.journal;

import io.riacho.usage.hours.Subject;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The accounts of one resource, by principal; those of too many principals are one. Safe for use by many threads. */
public final class Accounts {

    private static final int MOST = 1_000;

    private final Map<String, Account> byPrincipal = new ConcurrentHashMap<>();
    private volatile @Nullable Account other;

    /**
     * @param principal its ARN; the sessions of a role are one
     * @param make of a principal
     */
    public Account of(String principal, Function<String, Account> make) {
        String who = Subject.principalOf(principal);
        Account known = byPrincipal.get(who);
        if (known != null) {
            return known;
        }
        if (byPrincipal.size() < MOST) {
            return byPrincipal.computeIfAbsent(who, make);
        }
        Account together = other;
        if (together == null) {
            together = make.apply(Subject.OTHER);
            other = together;
        }
        return together;
    }

    /** Makes room for other principals. */
    public void forget() {
        byPrincipal.clear();
    }
}
