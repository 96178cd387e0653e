package io.riacho.analytics.application;

import io.riacho.analytics.job.CodeException;

/** Looks at an application's code before it is taken. */
public interface DefinitionCheck {

    /**
     * Looks at the code alone.
     *
     * @throws CodeException where it cannot be read
     */
    void checkSyntax(Definition definition);

    /**
     * Looks at all that a job needs.
     *
     * @throws CodeException where no job can be made of it
     */
    void check(Application application, Definition definition);
}
