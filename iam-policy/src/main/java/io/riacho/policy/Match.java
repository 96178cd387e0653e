package io.riacho.policy;

/** Whether a value of a request is what a policy names. */
enum Match {
    YES,
    NO,
    /** The policy names it by a variable that has no value in this request, which never matches. */
    UNRESOLVED;

    static Match of(boolean matches) {
        return matches ? YES : NO;
    }
}
