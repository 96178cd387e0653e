package io.riacho.policy;

/** How a request's value must stand to a policy's. */
enum Order {
    EQUAL,
    LESS,
    LESS_OR_EQUAL,
    GREATER,
    GREATER_OR_EQUAL;

    /** @param comparison of the request's value to the policy's, as {@link Comparable#compareTo} gives it */
    boolean holds(int comparison) {
        return switch (this) {
            case EQUAL -> comparison == 0;
            case LESS -> comparison < 0;
            case LESS_OR_EQUAL -> comparison <= 0;
            case GREATER -> comparison > 0;
            case GREATER_OR_EQUAL -> comparison >= 0;
        };
    }
}
