package io.riacho.auth.kms.key;

/** Whether a key may be used. The other states of KMS are those of kinds of keys that are not served. */
public enum KeyState {
    ENABLED("Enabled"),
    DISABLED("Disabled"),
    PENDING_DELETION("PendingDeletion");

    private final String wireName;

    KeyState(String wireName) {
        this.wireName = wireName;
    }

    /** As KMS writes it. */
    public String wireName() {
        return wireName;
    }
}
