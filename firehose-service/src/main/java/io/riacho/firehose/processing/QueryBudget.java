package io.riacho.firehose.processing;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;

/**
 * What one evaluation of a query may cost: steps, time, depth, and the size of each value. Not for use by several threads.
 *
 * <p>A step is the evaluation of an expression, or a part of a value that an expression made: about 32 characters of text,
 * or an element.
 */
final class QueryBudget {

    /** Thrown through the evaluation; unchecked, because queries can catch what jq throws. */
    static final class Exceeded extends RuntimeException {

        private static final long serialVersionUID = 1L;

        Exceeded(String what) {
            super("The query was given up: " + what, null, false, false);
        }

        @Override
        public String getMessage() {
            return String.valueOf(super.getMessage());
        }
    }

    static final ScopedValue<QueryBudget> CURRENT = ScopedValue.newInstance();

    /** Java's stack holds several times as much. */
    private static final int MOST_DEPTH = 1000;

    private static final long STEPS = 2_000_000;
    private static final long STEPS_OF_A_BYTE = 16;
    private static final long VALUE_SIZE = 100_000;
    private static final long VALUE_SIZE_OF_A_BYTE = 2;
    private static final int STEPS_BETWEEN_LOOKS = 1024;
    private static final int CHARACTERS_OF_A_STEP = 32;

    private final long deadline;
    private final long largestValue;
    private long steps;
    private long nextLook;
    private int depth;

    /** @param recordBytes the size of what the query reads, which it may cost something to read */
    QueryBudget(int recordBytes, Duration time) {
        this.deadline = System.nanoTime() + time.toNanos();
        this.largestValue = VALUE_SIZE + VALUE_SIZE_OF_A_BYTE * recordBytes;
        this.steps = STEPS + STEPS_OF_A_BYTE * recordBytes;
        this.nextLook = steps - STEPS_BETWEEN_LOOKS;
    }

    void enter() {
        if (++depth > MOST_DEPTH) {
            throw new Exceeded("it recurses too deeply");
        }
        charge(1);
    }

    void leave() {
        depth--;
    }

    void charge(long cost) {
        steps -= cost;
        if (steps < 0) {
            throw new Exceeded("it takes too many steps");
        }
        if (steps <= nextLook) {
            nextLook = steps - STEPS_BETWEEN_LOOKS;
            if (System.nanoTime() - deadline > 0 || Thread.currentThread().isInterrupted()) {
                throw new Exceeded("it takes too long");
            }
        }
    }

    /** Nanoseconds until the deadline, at least 1. */
    long left() {
        return Math.max(1, deadline - System.nanoTime());
    }

    /** Charges for a value that is passed on as it is. */
    void pass(JsonNode value) {
        charge(value.isTextual() ? 1 + value.textValue().length() / CHARACTERS_OF_A_STEP : 1);
    }

    /** Charges for a value that was made, and refuses one that is too large. */
    void made(JsonNode value) {
        charge(size(value));
    }

    /** How large a value is, as if it was written down: a part that is in it twice counts twice. */
    long size(JsonNode value) {
        return measure(value, largestValue);
    }

    /** A value of this size is about to be made. */
    void make(double size) {
        if (size > largestValue) {
            throw new Exceeded("it makes too large a value");
        }
        charge((long) Math.max(0, size));
    }

    private static long measure(JsonNode value, long left) {
        if (value.isTextual()) {
            return atMost(1 + value.textValue().length() / CHARACTERS_OF_A_STEP, left);
        }
        if (!value.isContainerNode()) {
            return 1;
        }
        long size = 1;
        for (JsonNode part : value) {
            size += measure(part, left - size);
            atMost(size, left);
        }
        return size;
    }

    private static long atMost(long size, long left) {
        if (size > left) {
            throw new Exceeded("it makes too large a value");
        }
        return size;
    }
}
