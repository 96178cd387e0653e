package io.riacho.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;

/** Journal files are used again: what was there before must never pass for what should be there now. */
class StaleBytesTest {

    private static final int SALT = 77;
    private static final int GENERATION = 3;
    private static final int BATCH = BatchFormat.HEADER_BYTES + 8;

    private final CRC32C crc = new CRC32C();

    private static ByteBuffer batch(long shard) {
        ByteBuffer batch = ByteBuffer.allocate(BATCH);
        batch.putShort(BatchFormat.HEADER_BYTES, (short) 0);
        BatchFormat.begin(batch, 0, BATCH, shard, 1, 0, new CRC32C());
        return batch;
    }

    private static ByteBuffer frame(long lsn, long offset) {
        Frame frame = new Frame(SALT);
        frame.clear();
        for (long shard = 1; shard <= 2; shard++) {
            ByteBuffer batch = batch(shard);
            frame.seal(batch, 0, offset, 1000);
            frame.add(batch);
        }
        ByteBuffer whole = ByteBuffer.allocate(frame.bytes());
        ByteBuffer[] parts = frame.parts(GENERATION, lsn);
        for (int i = 0; i < frame.partCount(); i++) {
            whole.put(parts[i]);
        }
        return whole.clear();
    }

    @Test
    void aFrameIsIntact() {
        assertThat(FrameFormat.isHeader(frame(1, 5), 0, GENERATION, SALT, crc)).isTrue();
        assertThat(FrameFormat.isIntact(frame(1, 5), 0, SALT, crc)).isTrue();
    }

    @Test
    void aFrameWithABatchOfAnEarlierOneInItsPlaceIsNotIntact() {
        ByteBuffer earlier = frame(1, 5);
        ByteBuffer torn = frame(2, 6);
        int second = FrameFormat.HEADER_BYTES + BATCH;
        torn.put(second, earlier, second, BATCH);

        assertThat(BatchFormat.isHeader(torn, second, SALT, crc)).isTrue();
        assertThat(BatchFormat.isIntact(torn, second, crc)).isTrue();
        assertThat(FrameFormat.isIntact(torn, 0, SALT, crc)).isFalse();
    }

    @Test
    void aFrameOfTheFilesLastUserIsNotOne() {
        assertThat(FrameFormat.isHeader(frame(1, 5), 0, GENERATION + 1, SALT, crc))
                .isFalse();
    }

    @Test
    void aFrameOfAnotherLogIsNotOne() {
        assertThat(FrameFormat.isHeader(frame(1, 5), 0, GENERATION, SALT + 1, crc))
                .isFalse();
    }

    @Test
    void aBatchOfTheSameShardThatTookThePlaceOfTheWantedOneIsNotRead() {
        TailRun run = new TailRun();
        run.add(5, 1000, GENERATION, 0, BATCH);
        ByteBuffer other = batch(1);
        BatchFormat.seal(other, 0, 9, 1000, SALT, crc);
        ReadChunk chunk = new ReadChunk(OpeningKeys.NONE);
        chunk.buffer(BATCH).put(other.clear());

        assertThat(chunk.keepAsLongAsIn(run)).isZero();
    }
}
