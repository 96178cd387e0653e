package io.riacho.protocol.model;

/** The constraints of one shape, made ready to be checked. */
sealed interface Check permits ScalarCheck, StructureCheck, ListCheck, MapCheck {

    /**
     * @param value not null
     * @param path where the value is, as AWS writes it: {@code records.1.member.partitionKey}
     */
    void check(Object value, String path, Violations violations);

    /** Whether there is nothing to check, however deep. */
    boolean isEmpty();
}
