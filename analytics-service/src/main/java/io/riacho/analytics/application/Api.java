package io.riacho.analytics.application;

/** Which of the two APIs an application was created or updated by last. */
public enum Api {
    FIRST,
    SECOND
}
