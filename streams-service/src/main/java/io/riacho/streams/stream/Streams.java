package io.riacho.streams.stream;

import io.riacho.log.ShardLog;
import io.riacho.streams.limit.LimitSettings;
import io.riacho.streams.token.SealedTokens;
import jakarta.persistence.EntityManager;
import jakarta.persistence.EntityManagerFactory;
import java.time.Duration;
import java.time.InstantSource;
import java.util.function.LongSupplier;
import org.springframework.orm.jpa.SharedEntityManagerCreator;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Puts the parts of this package together. Reads all streams when it is made. */
public final class Streams implements AutoCloseable {

    private final StreamCatalog catalog;
    private final StreamResolver resolver;
    private final StreamLifecycle lifecycle;
    private final AccountLimits accountLimits;
    private final AccountSettingsKeeper accountSettings;
    private final LimitSettings limits;

    public Streams(
            EntityManagerFactory entityManagers,
            PlatformTransactionManager transactions,
            ShardLog log,
            StreamNaming naming,
            LimitSettings limits,
            Duration transition,
            StreamHistory history,
            InstantSource clock,
            LongSupplier nanoTime) {
        EntityManager entities = SharedEntityManagerCreator.createSharedEntityManager(entityManagers);
        TransactionTemplate transaction = new TransactionTemplate(transactions);
        StreamStore store =
                new StreamStore(entities, transaction, new StreamMapping(naming, limits, nanoTime), history);
        this.limits = limits;
        catalog = new StreamCatalog(store, naming);
        resolver = new StreamResolver(catalog);
        lifecycle = new StreamLifecycle(catalog, store, log, limits, transition, clock, nanoTime);
        accountLimits = new AccountLimits(catalog, limits);
        accountSettings =
                new AccountSettingsKeeper(new AccountSettingsStore(entities, transaction, naming.accountId()));
        lifecycle.resume();
    }

    public StreamCatalog catalog() {
        return catalog;
    }

    public StreamResolver resolver() {
        return resolver;
    }

    public StreamLifecycle lifecycle() {
        return lifecycle;
    }

    public AccountLimits accountLimits() {
        return accountLimits;
    }

    public AccountSettingsKeeper accountSettings() {
        return accountSettings;
    }

    /** Leaves streams in the states that they are in; they go on when they are read again. */
    @Override
    public void close() {
        lifecycle.close();
    }

    public LimitSettings limits() {
        return limits;
    }

    public StreamOperations streamOperations(StreamConsumers consumers, InstantSource clock) {
        return new StreamOperations(catalog, resolver, lifecycle, accountLimits, accountSettings, consumers, clock);
    }

    public ListOperations listOperations(SealedTokens tokens, StreamAccess access, InstantSource clock) {
        return new ListOperations(catalog, resolver, access, tokens, clock);
    }

    public RecordSizeOperations recordSizeOperations() {
        return new RecordSizeOperations(resolver, lifecycle);
    }
}
