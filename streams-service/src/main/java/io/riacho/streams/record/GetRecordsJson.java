package io.riacho.streams.record;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.riacho.log.LogChunk;
import io.riacho.streams.shard.SequenceNumbers;
import io.riacho.streams.shard.Shard;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** GetRecords in JSON. */
final class GetRecordsJson implements GetRecordsAnswer {

    private static final int FIXED_BYTES_A_RECORD = 256;
    private static final int MOST_BYTES_A_CHARACTER = 6;
    private static final byte[] SEQUENCE_NUMBER = "{\"SequenceNumber\":\"".getBytes(ISO_8859_1);
    private static final byte[] ARRIVAL = "\",\"ApproximateArrivalTimestamp\":".getBytes(ISO_8859_1);
    private static final byte[] DATA = ",\"Data\":\"".getBytes(ISO_8859_1);
    private static final byte[] PARTITION_KEY = "\",\"PartitionKey\":\"".getBytes(ISO_8859_1);
    private static final byte[] ENCRYPTED = "\",\"EncryptionType\":\"KMS".getBytes(ISO_8859_1);
    private static final byte[] END_OF_RECORD = "\"}".getBytes(ISO_8859_1);
    private static final byte[] HEX = "0123456789abcdef".getBytes(ISO_8859_1);

    private final AnswerBuffer out;
    private final String nextName;
    private boolean isFirst = true;

    /** @param nextName the member that says where to read on */
    GetRecordsJson(AnswerBuffer out, String nextName) {
        this.out = out;
        this.nextName = nextName;
    }

    @Override
    public void begin() throws IOException {
        out.reserve(FIXED_BYTES_A_RECORD);
        out.putAscii("{\"Records\":[");
    }

    @Override
    public void record(Shard shard, LogChunk chunk) throws IOException {
        ByteBuffer data =
                Base64.getEncoder().encode(ByteBuffer.wrap(chunk.array(), chunk.dataPosition(), chunk.dataLength()));
        out.reserve(FIXED_BYTES_A_RECORD + data.remaining() + MOST_BYTES_A_CHARACTER * chunk.keyLength());
        if (!isFirst) {
            out.put(',');
        }
        isFirst = false;
        out.put(SEQUENCE_NUMBER);
        shard.sequenceNumbers().write(chunk.offset(), out.array(), out.advance(SequenceNumbers.LENGTH));
        out.put(ARRIVAL);
        seconds(chunk.timestamp());
        out.put(DATA);
        out.put(data.array(), data.arrayOffset() + data.position(), data.remaining());
        out.put(PARTITION_KEY);
        escaped(chunk.array(), chunk.keyPosition(), chunk.keyLength());
        if (chunk.keyId() != LogChunk.NO_KEY) {
            out.put(ENCRYPTED);
        }
        out.put(END_OF_RECORD);
    }

    @Override
    public void end(@Nullable String next, long millisBehindLatest, List<ChildShard> children) throws IOException {
        String rest = "],\"MillisBehindLatest\":" + millisBehindLatest
                + (next == null ? "" : ",\"" + nextName + "\":\"" + next + '"')
                + (children.isEmpty() ? "" : children(children))
                + '}';
        out.reserve(rest.length());
        out.putAscii(rest);
        out.finish();
    }

    private static String children(List<ChildShard> children) {
        return children.stream()
                .map(child -> "{\"ShardId\":\"" + child.shardId() + "\",\"ParentShards\":["
                        + child.parents().stream()
                                .map(parent -> '"' + parent + '"')
                                .collect(Collectors.joining(","))
                        + "],\"HashKeyRange\":{\"StartingHashKey\":\"" + child.startingHashKey()
                        + "\",\"EndingHashKey\":\"" + child.endingHashKey() + "\"}}")
                .collect(Collectors.joining(",", ",\"ChildShards\":[", "]"));
    }

    private void seconds(long millis) {
        out.putDecimal(millis / 1000);
        int fraction = (int) (millis % 1000);
        out.put('.');
        out.put('0' + fraction / 100);
        out.put('0' + fraction / 10 % 10);
        out.put('0' + fraction % 10);
    }

    private void escaped(byte[] utf8, int position, int length) {
        for (int i = position; i < position + length; i++) {
            byte next = utf8[i];
            if (next == '"' || next == '\\') {
                out.put('\\');
                out.put(next);
            } else if (next >= 0 && next < ' ') {
                out.putAscii("\\u00");
                out.put(HEX[next >>> 4]);
                out.put(HEX[next & 0xf]);
            } else {
                out.put(next);
            }
        }
    }
}
