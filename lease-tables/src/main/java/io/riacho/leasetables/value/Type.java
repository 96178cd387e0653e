package io.riacho.leasetables.value;

/** The types of values, by the names that the wire gives them. */
public enum Type {
    S("STRING"),
    N("NUMBER"),
    B("BINARY"),
    BOOL("BOOLEAN"),
    NULL("NULL"),
    SS("STRING_SET"),
    NS("NUMBER_SET"),
    BS("BINARY_SET"),
    L("LIST"),
    M("MAP");

    private final String word;

    Type(String word) {
        this.word = word;
    }

    /** As some of DynamoDB's error texts write it. */
    public String word() {
        return word;
    }

    /** Whether values of the type have an order. */
    public boolean isOrdered() {
        return this == S || this == N || this == B;
    }

    public boolean isSet() {
        return this == SS || this == NS || this == BS;
    }
}
