package io.riacho.auth.database;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The service's tables, schema {@code auth}. Every change is one transaction, and raises the generation once it is over:
 * what this process remembers of an older generation is not to be used any more. Safe for use by many threads.
 */
public final class AuthDatabase {

    private static final int QUERY_SECONDS = 5;

    private final JdbcClient jdbc;
    private final TransactionTemplate transactions;
    private final AtomicLong generation = new AtomicLong();
    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();

    public AuthDatabase(DataSource dataSource) {
        JdbcTemplate template = new JdbcTemplate(dataSource);
        template.setQueryTimeout(QUERY_SECONDS);
        this.jdbc = JdbcClient.create(template);
        this.transactions = new TransactionTemplate(new JdbcTransactionManager(dataSource));
    }

    public JdbcClient jdbc() {
        return jdbc;
    }

    /** Whether a text can be in a table at all: PostgreSQL takes no zero, and nothing that is not Unicode. */
    public static boolean canHold(String text) {
        return text.indexOf('\0') < 0 && StandardCharsets.UTF_8.newEncoder().canEncode(text);
    }

    /** Runs the work in a transaction, which an exception rolls back. */
    public <T> T change(Supplier<T> work) {
        try {
            return transactions.execute(_ -> work.get());
        } finally {
            // Also after a failure: a commit whose answer was lost may have happened.
            generation.incrementAndGet();
            listeners.forEach(Runnable::run);
        }
    }

    /** @param listener is called behind each change, by the thread that made it: it neither waits nor fails */
    public void listen(Runnable listener) {
        listeners.add(listener);
    }

    /** Raised by each change. What was read before it has to be read again. */
    public long generation() {
        return generation.get();
    }
}
