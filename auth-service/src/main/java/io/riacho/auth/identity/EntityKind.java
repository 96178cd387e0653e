package io.riacho.auth.identity;

import java.util.Locale;

/** What an entity of IAM is. */
public enum EntityKind {
    USER("AIDA"),
    GROUP("AGPA"),
    ROLE("AROA");

    private final String idPrefix;

    EntityKind(String idPrefix) {
        this.idPrefix = idPrefix;
    }

    /** How its unique ids begin. */
    public String idPrefix() {
        return idPrefix;
    }

    /** As in its ARN, and in the table. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
