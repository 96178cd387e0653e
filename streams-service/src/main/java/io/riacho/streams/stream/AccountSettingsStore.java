package io.riacho.streams.stream;

import jakarta.persistence.EntityManager;
import org.springframework.transaction.support.TransactionTemplate;

/** The account's settings in PostgreSQL, and a copy in memory. Safe for use by many threads. */
public final class AccountSettingsStore {

    private final EntityManager entities;
    private final TransactionTemplate transaction;
    private final String accountId;
    private volatile AccountSettings settings;

    AccountSettingsStore(EntityManager entities, TransactionTemplate transaction, String accountId) {
        this.entities = entities;
        this.transaction = transaction;
        this.accountId = accountId;
        settings = load();
    }

    public AccountSettings get() {
        return settings;
    }

    public synchronized void put(AccountSettings changed) {
        transaction.executeWithoutResult(_ -> {
            AccountSettingsEntity entity = new AccountSettingsEntity();
            entity.accountId = accountId;
            entity.startedAt = changed.startedAt();
            entity.endedAt = changed.endedAt();
            entity.earliestAllowedEndAt = changed.earliestAllowedEndAt();
            entities.merge(entity);
        });
        settings = changed;
    }

    private AccountSettings load() {
        AccountSettingsEntity entity = transaction.execute(_ -> entities.find(AccountSettingsEntity.class, accountId));
        return entity == null
                ? AccountSettings.NEVER_COMMITTED
                : new AccountSettings(entity.startedAt, entity.endedAt, entity.earliestAllowedEndAt);
    }
}
