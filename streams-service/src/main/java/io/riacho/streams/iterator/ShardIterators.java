package io.riacho.streams.iterator;

import io.riacho.streams.error.KinesisErrors;
import io.riacho.streams.token.SealedTokens;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** Shard iterators as clients see them: opaque text that works again and again, for five minutes. */
public final class ShardIterators {

    private static final byte PURPOSE = 'I';
    private static final Duration LIFETIME = Duration.ofMinutes(5);
    private static final int FIXED_BYTES = 8 + 4 + 8 + 8;

    private final SealedTokens tokens;
    private final InstantSource clock;

    public ShardIterators(SealedTokens tokens, InstantSource clock) {
        this.tokens = tokens;
        this.clock = clock;
    }

    /** The text of an iterator that is made now. */
    public String give(String streamName, long streamId, int shardIndex, long offset) {
        byte[] name = streamName.getBytes(StandardCharsets.UTF_8);
        byte[] content = ByteBuffer.allocate(FIXED_BYTES + name.length)
                .putLong(streamId)
                .putInt(shardIndex)
                .putLong(offset)
                .putLong(clock.millis())
                .put(name)
                .array();
        return tokens.seal(PURPOSE, content);
    }

    /** @throws io.riacho.protocol.AwsException where the text is no iterator or one that is too old */
    public ShardIterator take(String text) {
        ByteBuffer content = tokens.open(PURPOSE, unquoted(text)).orElseThrow(KinesisErrors::invalidIterator);
        long streamId = content.getLong();
        int shardIndex = content.getInt();
        long offset = content.getLong();
        Instant createdAt = Instant.ofEpochMilli(content.getLong());
        Instant now = clock.instant();
        if (createdAt.plus(LIFETIME).isBefore(now)) {
            throw KinesisErrors.expiredIterator(createdAt, now, LIFETIME.toMillis());
        }
        String streamName = StandardCharsets.UTF_8.decode(content).toString();
        return new ShardIterator(streamName, streamId, shardIndex, offset, createdAt);
    }

    /** AWS takes an iterator in double quotes, as shells leave it that cut it out of JSON. */
    private static String unquoted(String text) {
        boolean quoted = text.length() >= 2 && text.startsWith("\"") && text.endsWith("\"");
        return quoted ? text.substring(1, text.length() - 1) : text;
    }
}
