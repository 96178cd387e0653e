package io.riacho.streams.stream;

import io.riacho.streams.error.KinesisErrors;
import io.riacho.streams.token.SealedTokens;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.kinesis.model.ShardFilter;

/** The NextToken of ListShards and ListStreams: where the next page begins. It lives for five minutes. */
final class PageTokens {

    private static final byte SHARDS = 'S';
    private static final byte STREAMS = 'L';
    private static final Duration LIFETIME = Duration.ofMinutes(5);

    private final SealedTokens tokens;
    private final InstantSource clock;

    PageTokens(SealedTokens tokens, InstantSource clock) {
        this.tokens = tokens;
        this.clock = clock;
    }

    /** The page of shards after the one of the index, filtered as the first page was. */
    record ShardPage(
            String streamName, int afterIndex, @Nullable ShardFilter filter) {}

    String afterShard(ShardPage page) {
        return seal(SHARDS, out -> {
            out.writeUTF(page.streamName());
            out.writeInt(page.afterIndex());
            ShardFilter filter = page.filter();
            out.writeUTF(filter == null ? "" : filter.typeAsString());
            out.writeUTF(filter == null || filter.shardId() == null ? "" : filter.shardId());
            out.writeLong(
                    filter == null || filter.timestamp() == null
                            ? 0
                            : filter.timestamp().toEpochMilli());
        });
    }

    ShardPage shardPage(String token) {
        return open(SHARDS, token, in -> {
            String streamName = in.readUTF();
            int after = in.readInt();
            String type = in.readUTF();
            String shardId = in.readUTF();
            Instant time = Instant.ofEpochMilli(in.readLong());
            return new ShardPage(
                    streamName,
                    after,
                    type.isEmpty()
                            ? null
                            : ShardFilter.builder()
                                    .type(type)
                                    .shardId(shardId)
                                    .timestamp(time)
                                    .build());
        });
    }

    String afterStream(String streamName) {
        return seal(STREAMS, out -> out.writeUTF(streamName));
    }

    String streamName(String token) {
        return open(STREAMS, token, in -> in.readUTF());
    }

    private String seal(byte purpose, Writing content) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(bytes);
        try {
            out.writeLong(clock.millis());
            content.write(out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return tokens.seal(purpose, bytes.toByteArray());
    }

    private <T> T open(byte purpose, String token, Reading<T> content) {
        byte[] bytes = tokens.open(purpose, token)
                .orElseThrow(() -> KinesisErrors.invalidArgument("Invalid NextToken."))
                .array();
        DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes));
        try {
            Instant createdAt = Instant.ofEpochMilli(in.readLong());
            Instant now = clock.instant();
            if (createdAt.plus(LIFETIME).isBefore(now)) {
                throw KinesisErrors.expiredNextToken(createdAt, now, LIFETIME.toMillis());
            }
            return content.read(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private interface Writing {
        void write(DataOutputStream out) throws IOException;
    }

    private interface Reading<T> {
        T read(DataInputStream in) throws IOException;
    }
}
