package io.riacho.policy;

/** One value of a condition, ready to be compared; operators that begin with "Not" negate the answer. */
interface ConditionValue {

    /** @param context for variables */
    Match match(String actual, ConditionContext context);
}
