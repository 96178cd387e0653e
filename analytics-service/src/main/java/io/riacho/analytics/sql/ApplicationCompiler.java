package io.riacho.analytics.sql;

import io.riacho.analytics.job.CodeException;
import io.riacho.analytics.job.JobSpecification;

/** Makes jobs of code in one language. Safe for use by many threads. */
public interface ApplicationCompiler {

    /**
     * Looks whether the code can be read, whatever it reads from and writes to.
     *
     * @throws CodeException where it cannot
     */
    void checkSyntax(String code);

    /**
     * Makes the job; whether Flink takes it is not known by that.
     *
     * @throws CodeException where the code is wrong
     */
    JobSpecification compile(ApplicationCode code);
}
