package io.riacho.streams.shard;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A change of a stream's shards that was accepted and is still to be made. It has a text form, to be remembered by. */
public sealed interface Reshape {

    /** The shard is replaced by two; the upper one begins at the key. */
    record Split(int shardIndex, HashKey at) implements Reshape {
        @Override
        public String toText() {
            return "split " + shardIndex + " " + at;
        }
    }

    /** Two adjacent shards are replaced by one. */
    record Merge(int shardIndex, int adjacentShardIndex) implements Reshape {
        @Override
        public String toText() {
            return "merge " + shardIndex + " " + adjacentShardIndex;
        }
    }

    /** The shards are split and merged until there are so many, of even width. */
    record Scale(int shardCount) implements Reshape {
        @Override
        public String toText() {
            return "scale " + shardCount;
        }
    }

    String toText();

    static String toText(List<Reshape> changes) {
        return changes.stream().map(Reshape::toText).collect(Collectors.joining(";"));
    }

    /** Reads what {@link #toText(List)} wrote. */
    static List<Reshape> parse(String text) {
        return text.isEmpty()
                ? List.of()
                : Stream.of(text.split(";", -1)).map(Reshape::parseOne).toList();
    }

    private static Reshape parseOne(String text) {
        String[] words = text.split(" ", -1);
        return switch (words[0]) {
            case "split" -> new Split(Integer.parseInt(words[1]), HashKey.parse(words[2]));
            case "merge" -> new Merge(Integer.parseInt(words[1]), Integer.parseInt(words[2]));
            case "scale" -> new Scale(Integer.parseInt(words[1]));
            default -> throw new IllegalArgumentException("not a change of shards: " + text);
        };
    }
}
