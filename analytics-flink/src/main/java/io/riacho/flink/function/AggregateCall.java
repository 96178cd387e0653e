package io.riacho.flink.function;

import java.util.ArrayList;
import java.util.List;
import org.apache.flink.table.api.ValidationException;

/**
 * One aggregate as a call names it: {@code FUNCTION ARGS RANGE|ROWS|ALL SIZE OUT}, five fields split by blanks;
 * {@code ARGS} is a comma list.
 *
 * @param size of a RANGE in milliseconds, of ROWS how many before the current one; -1 for all
 * @param out name of the result column
 */
record AggregateCall(String function, List<String> args, String frame, long size, String out) {
    private static final int MOST = 1000;

    static List<AggregateCall> parse(String text) {
        List<AggregateCall> calls = new ArrayList<>();
        for (String part : text.split(";")) {
            String[] fields = part.trim().split(" +");
            if (fields.length != 5 || !List.of("RANGE", "ROWS", "ALL").contains(fields[2])) {
                throw new ValidationException(
                        "An aggregate is FUNCTION ARGS RANGE|ROWS|ALL SIZE OUT, not '" + part.trim() + "'");
            }
            long size;
            try {
                size = Long.parseLong(fields[3]);
            } catch (NumberFormatException notANumber) {
                size = -2;
            }
            if (size < -1) {
                throw new ValidationException("The size of a frame is a number, not '" + fields[3] + "'");
            }
            calls.add(new AggregateCall(fields[0], List.of(fields[1].split(",")), fields[2], size, fields[4]));
        }
        if (calls.size() > MOST) {
            throw new ValidationException("There are more than " + MOST + " aggregates");
        }
        return calls;
    }

    String argument(int index) {
        return args.get(index);
    }

    void arguments(int least, int most) {
        if (args.size() < least || args.size() > most) {
            throw new ValidationException(function + " does not take the arguments " + args);
        }
    }

    /** Whether the argument there, if it is there, says IGNORE. */
    boolean ignoresNulls(int index) {
        if (index >= args.size()) {
            return false;
        }
        return switch (args.get(index)) {
            case "IGNORE" -> true;
            case "RESPECT" -> false;
            default ->
                throw new ValidationException(function + " takes IGNORE or RESPECT, not '" + args.get(index) + "'");
        };
    }

    /** A whole number greater than zero. */
    long positive(int index) {
        try {
            long number = Long.parseLong(args.get(index));
            if (number > 0) {
                return number;
            }
        } catch (NumberFormatException notANumber) {
            // Refused below.
        }
        throw new ValidationException(function + " takes a number above zero, not '" + args.get(index) + "'");
    }
}
