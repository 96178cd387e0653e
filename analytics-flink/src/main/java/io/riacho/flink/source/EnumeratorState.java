package io.riacho.flink.source;

import java.util.List;
import java.util.Map;

/**
 * What the enumerator knows.
 *
 * @param start where shards are read from that were there at the first beginning
 * @param begun whether shards were looked for already, so that those found from now on are read from their oldest record
 * @param ended the shards found so far, and whether they are read to their end
 * @param waiting those without a reader
 */
record EnumeratorState(Position start, boolean begun, Map<String, Boolean> ended, List<ShardSplit> waiting) {

    EnumeratorState {
        ended = Map.copyOf(ended);
        waiting = List.copyOf(waiting);
    }
}
