package io.riacho.streams.stream;

import jakarta.persistence.EntityManager;
import org.springframework.transaction.support.TransactionTemplate;

/** The account's settings in PostgreSQL. */
final class AccountSettingsStore {

    private final EntityManager entities;
    private final TransactionTemplate transaction;
    private final String accountId;

    AccountSettingsStore(EntityManager entities, TransactionTemplate transaction, String accountId) {
        this.entities = entities;
        this.transaction = transaction;
        this.accountId = accountId;
    }

    AccountSettings load() {
        AccountSettingsEntity entity = transaction.execute(_ -> entities.find(AccountSettingsEntity.class, accountId));
        return entity == null
                ? AccountSettings.NEVER_COMMITTED
                : new AccountSettings(entity.startedAt, entity.endedAt, entity.earliestAllowedEndAt);
    }

    void save(AccountSettings settings) {
        transaction.executeWithoutResult(_ -> {
            AccountSettingsEntity entity = new AccountSettingsEntity();
            entity.accountId = accountId;
            entity.startedAt = settings.startedAt();
            entity.endedAt = settings.endedAt();
            entity.earliestAllowedEndAt = settings.earliestAllowedEndAt();
            entities.merge(entity);
        });
    }
}
