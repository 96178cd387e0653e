package io.riacho.streams.stream;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.math.BigInteger;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A row of {@code streams.shard}; see {@link io.riacho.streams.shard.Shard} for what the columns mean. */
@Entity
@Table(schema = "streams", name = "shard")
@SuppressWarnings("NullAway.Init") // Hibernate fills it
class ShardEntity {

    @Id
    Long number;

    Long streamId;

    int shardIndex;

    BigInteger startingHashKey;

    BigInteger endingHashKey;

    @Nullable
    Integer parentIndex;

    @Nullable
    Integer adjacentParentIndex;

    long creationSecond;

    Instant openedAt;

    @Nullable
    Instant closedAt;
}
