package io.riacho.streams.record;

import io.riacho.log.LogChunk;
import io.riacho.streams.shard.SequenceNumbers;
import io.riacho.streams.shard.Shard;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** GetRecords in CBOR. */
final class GetRecordsCbor implements GetRecordsAnswer {

    private static final int FIXED_BYTES_A_RECORD = 256;
    private static final int FIXED_BYTES_A_CHILD = 1024;
    private static final byte[] SEQUENCE_NUMBER = prefix(4, "SequenceNumber", SequenceNumbers.LENGTH);
    private static final byte[] ENCRYPTED_SEQUENCE_NUMBER = prefix(5, "SequenceNumber", SequenceNumbers.LENGTH);
    private static final byte[] ENCRYPTED = encrypted();
    private static final byte[] ARRIVAL = prefix(0, "ApproximateArrivalTimestamp", 0);
    private static final byte[] DATA = prefix(0, "Data", 0);
    private static final byte[] PARTITION_KEY = prefix(0, "PartitionKey", 0);

    private final AnswerBuffer out;
    private final String nextName;

    /** @param nextName the member that says where to read on */
    GetRecordsCbor(AnswerBuffer out, String nextName) {
        this.out = out;
        this.nextName = nextName;
    }

    @Override
    public void begin() throws IOException {
        out.reserve(FIXED_BYTES_A_RECORD);
        CborWriter.beginMap(out);
        CborWriter.text(out, "Records");
        CborWriter.beginArray(out);
    }

    @Override
    public void record(Shard shard, LogChunk chunk) throws IOException {
        out.reserve(FIXED_BYTES_A_RECORD + chunk.keyLength() + chunk.dataLength());
        boolean encrypted = chunk.keyId() != LogChunk.NO_KEY;
        out.put(encrypted ? ENCRYPTED_SEQUENCE_NUMBER : SEQUENCE_NUMBER);
        shard.sequenceNumbers().write(chunk.offset(), out.array(), out.advance(SequenceNumbers.LENGTH));
        out.put(ARRIVAL);
        CborWriter.time(out, chunk.timestamp());
        out.put(DATA);
        CborWriter.bytesHead(out, chunk.dataLength());
        out.put(chunk.array(), chunk.dataPosition(), chunk.dataLength());
        out.put(PARTITION_KEY);
        CborWriter.textHead(out, chunk.keyLength());
        out.put(chunk.array(), chunk.keyPosition(), chunk.keyLength());
        if (encrypted) {
            out.put(ENCRYPTED);
        }
    }

    @Override
    public void end(@Nullable String next, long millisBehindLatest, List<ChildShard> children) throws IOException {
        out.reserve(FIXED_BYTES_A_CHILD * (children.size() + 1) + (next == null ? 0 : next.length()));
        CborWriter.end(out);
        CborWriter.text(out, "MillisBehindLatest");
        CborWriter.unsigned(out, millisBehindLatest);
        if (next != null) {
            CborWriter.text(out, nextName);
            CborWriter.text(out, next);
        }
        if (!children.isEmpty()) {
            CborWriter.text(out, "ChildShards");
            CborWriter.array(out, children.size());
            children.forEach(this::child);
        }
        CborWriter.end(out);
        out.finish();
    }

    private void child(ChildShard child) {
        CborWriter.map(out, 3);
        CborWriter.text(out, "ShardId");
        CborWriter.text(out, child.shardId());
        CborWriter.text(out, "ParentShards");
        CborWriter.array(out, child.parents().size());
        child.parents().forEach(parent -> CborWriter.text(out, parent));
        CborWriter.text(out, "HashKeyRange");
        CborWriter.map(out, 2);
        CborWriter.text(out, "StartingHashKey");
        CborWriter.text(out, child.startingHashKey());
        CborWriter.text(out, "EndingHashKey");
        CborWriter.text(out, child.endingHashKey());
    }

    private static byte[] encrypted() {
        AnswerBuffer member = new AnswerBuffer();
        CborWriter.text(member, "EncryptionType");
        CborWriter.text(member, "KMS");
        return member.toBytes();
    }

    /** The head of a map, where it has members, a member's name, and the head of its text, where it has a length. */
    private static byte[] prefix(int members, String name, int textLength) {
        AnswerBuffer prefix = new AnswerBuffer();
        if (members > 0) {
            CborWriter.map(prefix, members);
        }
        CborWriter.text(prefix, name);
        if (textLength > 0) {
            CborWriter.textHead(prefix, textLength);
        }
        return prefix.toBytes();
    }
}
