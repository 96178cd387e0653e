package io.riacho.flink.source;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import org.apache.flink.core.io.SimpleVersionedSerializer;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;

/**
 * A split's form in checkpoints, version 1: shard id, whether it has hash keys and they, a byte for the kind of position and
 * what belongs to it, rowtime.
 */
final class ShardSplitSerializer implements SimpleVersionedSerializer<ShardSplit> {

    static final int VERSION = 1;

    private static final int TRIM_HORIZON = 0;
    private static final int AT_TIMESTAMP = 1;
    private static final int AFTER = 2;
    private static final int END = 3;
    private static final int TYPICAL_BYTES = 160;

    @Override
    public int getVersion() {
        return VERSION;
    }

    @Override
    public byte[] serialize(ShardSplit split) throws IOException {
        DataOutputSerializer out = new DataOutputSerializer(TYPICAL_BYTES);
        write(split, out);
        return out.getCopyOfBuffer();
    }

    @Override
    public ShardSplit deserialize(int version, byte[] serialized) throws IOException {
        check(version);
        return read(new DataInputDeserializer(serialized));
    }

    static void check(int version) throws IOException {
        if (version != VERSION) {
            throw new IOException("A shard's position is in a form of version " + version
                    + ", of which this version of Riacho does not know");
        }
    }

    static void write(ShardSplit split, DataOutput out) throws IOException {
        out.writeUTF(split.shardId());
        out.writeBoolean(split.keys() != null);
        if (split.keys() != null) {
            out.writeUTF(split.keys().first());
            out.writeUTF(split.keys().last());
        }
        Position position = split.position();
        if (position instanceof Position.TrimHorizon) {
            out.writeByte(TRIM_HORIZON);
        } else if (position instanceof Position.AtTimestamp at) {
            out.writeByte(AT_TIMESTAMP);
            out.writeLong(at.millis());
        } else if (position instanceof Position.After after) {
            out.writeByte(AFTER);
            out.writeUTF(after.sequenceNumber());
            out.writeLong(after.subSequenceNumber());
            out.writeBoolean(after.last());
        } else {
            out.writeByte(END);
        }
        out.writeLong(split.rowtime());
    }

    static ShardSplit read(DataInput in) throws IOException {
        String shardId = in.readUTF();
        ShardSplit.KeyRange keys = in.readBoolean() ? new ShardSplit.KeyRange(in.readUTF(), in.readUTF()) : null;
        int kind = in.readByte();
        Position position = switch (kind) {
            case TRIM_HORIZON -> new Position.TrimHorizon();
            case AT_TIMESTAMP -> new Position.AtTimestamp(in.readLong());
            case AFTER -> new Position.After(in.readUTF(), in.readLong(), in.readBoolean());
            case END -> new Position.End();
            default -> throw new IOException("A shard's position is of kind " + kind + ", which there is not");
        };
        return new ShardSplit(shardId, keys, position, in.readLong());
    }
}
