package io.riacho.policy;

/** A version of the policy language. */
enum PolicyVersion {
    /** Knows no variables. */
    V2008("2008-10-17"),
    V2012("2012-10-17");

    private final String text;

    PolicyVersion(String text) {
        this.text = text;
    }

    String text() {
        return text;
    }
}
