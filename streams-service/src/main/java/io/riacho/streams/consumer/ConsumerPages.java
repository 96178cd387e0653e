package io.riacho.streams.consumer;

import io.riacho.streams.error.KinesisErrors;
import io.riacho.streams.token.SealedTokens;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** The NextToken of ListStreamConsumers: after which name the next page begins. It lives for five minutes. */
final class ConsumerPages {

    private static final byte PURPOSE = 'C';
    private static final Duration LIFETIME = Duration.ofMinutes(5);

    private final SealedTokens tokens;
    private final InstantSource clock;

    ConsumerPages(SealedTokens tokens, InstantSource clock) {
        this.tokens = tokens;
        this.clock = clock;
    }

    String after(long streamId, String name) {
        byte[] text = name.getBytes(StandardCharsets.UTF_8);
        return tokens.seal(
                PURPOSE,
                ByteBuffer.allocate(2 * Long.BYTES + text.length)
                        .putLong(clock.millis())
                        .putLong(streamId)
                        .put(text)
                        .array());
    }

    /** @throws io.riacho.protocol.AwsException where the token is too old, or not one of this stream */
    String nameBefore(String token, long streamId) {
        ByteBuffer content =
                tokens.open(PURPOSE, token).orElseThrow(() -> KinesisErrors.invalidArgument("Invalid NextToken."));
        Instant createdAt = Instant.ofEpochMilli(content.getLong());
        Instant now = clock.instant();
        if (createdAt.plus(LIFETIME).isBefore(now)) {
            throw KinesisErrors.expiredNextToken(createdAt, now, LIFETIME.toMillis());
        }
        if (content.getLong() != streamId) {
            throw KinesisErrors.invalidArgument("Invalid NextToken.");
        }
        return StandardCharsets.UTF_8.decode(content).toString();
    }
}
