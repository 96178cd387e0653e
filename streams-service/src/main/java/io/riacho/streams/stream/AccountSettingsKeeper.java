package io.riacho.streams.stream;

/** The account's settings, in memory; a change is stored first and seen afterwards. Safe for use by many threads. */
public final class AccountSettingsKeeper {

    private final AccountSettingsStore store;
    private volatile AccountSettings settings;

    AccountSettingsKeeper(AccountSettingsStore store) {
        this.store = store;
        settings = store.load();
    }

    public AccountSettings get() {
        return settings;
    }

    public synchronized void put(AccountSettings changed) {
        store.save(changed);
        settings = changed;
    }
}
