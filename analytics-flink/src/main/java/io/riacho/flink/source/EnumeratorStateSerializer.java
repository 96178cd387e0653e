package io.riacho.flink.source;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.core.io.SimpleVersionedSerializer;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;

/** The enumerator's form in checkpoints, in the version of its splits. */
final class EnumeratorStateSerializer implements SimpleVersionedSerializer<EnumeratorState> {

    private static final int TYPICAL_BYTES = 1024;

    @Override
    public int getVersion() {
        return ShardSplitSerializer.VERSION;
    }

    @Override
    public byte[] serialize(EnumeratorState state) throws IOException {
        DataOutputSerializer out = new DataOutputSerializer(TYPICAL_BYTES);
        out.writeLong(state.start() instanceof Position.AtTimestamp at ? at.millis() : Long.MIN_VALUE);
        out.writeBoolean(state.begun());
        out.writeInt(state.ended().size());
        for (Map.Entry<String, Boolean> shard : state.ended().entrySet()) {
            out.writeUTF(shard.getKey());
            out.writeBoolean(shard.getValue());
        }
        out.writeInt(state.waiting().size());
        for (ShardSplit split : state.waiting()) {
            ShardSplitSerializer.write(split, out);
        }
        return out.getCopyOfBuffer();
    }

    @Override
    public EnumeratorState deserialize(int version, byte[] serialized) throws IOException {
        ShardSplitSerializer.check(version);
        DataInputDeserializer in = new DataInputDeserializer(serialized);
        long millis = in.readLong();
        Position start = millis == Long.MIN_VALUE ? new Position.TrimHorizon() : new Position.AtTimestamp(millis);
        boolean begun = in.readBoolean();
        Map<String, Boolean> ended = new HashMap<>();
        for (int left = in.readInt(); left > 0; left--) {
            ended.put(in.readUTF(), in.readBoolean());
        }
        List<ShardSplit> waiting = new ArrayList<>();
        for (int left = in.readInt(); left > 0; left--) {
            waiting.add(ShardSplitSerializer.read(in));
        }
        return new EnumeratorState(start, begun, ended, waiting);
    }
}
