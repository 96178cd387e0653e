package io.riacho.streams.shard;

import java.util.OptionalInt;

/** The names of shards: {@code shardId-} and the shard's index in its stream, in twelve digits. */
public final class ShardIds {

    private static final String PREFIX = "shardId-";

    private ShardIds() {}

    /** No shard has a negative index, but a sequence number that a client sends may tell of one. */
    public static String format(int index) {
        String sign = index < 0 ? "-" : "";
        String digits = Long.toString(Math.abs((long) index));
        return PREFIX + sign + "0".repeat(12 - sign.length() - digits.length()) + digits;
    }

    /**
     * The index that a shard id given by a client stands for. AWS is lenient here: what counts is the number behind the
     * first hyphen. Empty where there is none.
     */
    public static OptionalInt parse(String shardId) {
        String[] parts = shardId.split("-", -1);
        String digits = parts.length > 1 && !parts[1].isEmpty() ? parts[1] : shardId;
        if (digits.isEmpty()) {
            return OptionalInt.empty();
        }
        long index = 0;
        for (int i = 0; i < digits.length(); i++) {
            char c = digits.charAt(i);
            if (c < '0' || c > '9') {
                return OptionalInt.empty();
            }
            index = index * 10 + (c - '0');
            if (index > Integer.MAX_VALUE) {
                return OptionalInt.empty();
            }
        }
        return OptionalInt.of((int) index);
    }
}
