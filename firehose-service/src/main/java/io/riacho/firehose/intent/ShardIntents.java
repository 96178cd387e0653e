package io.riacho.firehose.intent;

import java.math.BigInteger;
import java.util.Map;

/**
 * What is known of a shard beside its checkpoint.
 *
 * @param pending deliveries that were begun and not ended, by lane: at most one each
 * @param delivered by lane, up to which position its records are delivered already though the checkpoint is behind it
 */
public record ShardIntents(Map<String, Intent> pending, Map<String, BigInteger> delivered) {

    public ShardIntents {
        pending = Map.copyOf(pending);
        delivered = Map.copyOf(delivered);
    }
}
