package io.riacho.firehose.intent;

import java.math.BigInteger;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Records of one lane of a shard that are about to be delivered, or are delivered already where the process died since.
 * A repeat delivers the same records under the same id.
 *
 * @param lane what of the shard's records it is: a partition of them, their backup, or what failed
 * @param after behind which position of the shard they begin; null for its first checkpoint
 * @param last the position of the last one
 * @param version of the delivery stream by which they were buffered
 * @param begun when the first attempt was made
 */
public record Intent(
        UUID id, String lane, @Nullable BigInteger after, BigInteger last, String version, Instant begun) {}
