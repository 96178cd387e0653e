package io.riacho.leasetables.table;

import java.util.function.Supplier;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/** Transactions of PostgreSQL. Whatever is thrown within one rolls it back. */
public final class Transactions {

    private final TransactionTemplate writing;
    private final TransactionTemplate snapshot;

    public Transactions(PlatformTransactionManager manager) {
        writing = new TransactionTemplate(manager);
        snapshot = new TransactionTemplate(manager);
        snapshot.setReadOnly(true);
        snapshot.setIsolationLevel(TransactionDefinition.ISOLATION_REPEATABLE_READ);
    }

    public <T> T write(Supplier<T> work) {
        return writing.execute(_ -> work.get());
    }

    /** All that is read was so at one time. */
    public <T> T readSnapshot(Supplier<T> work) {
        return snapshot.execute(_ -> work.get());
    }
}
