package io.riacho.aggregation;

import com.google.protobuf.ByteString;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import software.amazon.kinesis.retrieval.kpl.Messages;

/** Stored records as the producer library writes them. */
final class Stored {

    private static final byte[] MAGIC = {(byte) 0xF3, (byte) 0x89, (byte) 0x9A, (byte) 0xC2};

    private Stored() {}

    /** Around a message, with the check that belongs to it. */
    static byte[] around(byte[] message) {
        return ByteBuffer.allocate(MAGIC.length + message.length + Md5.LENGTH)
                .put(MAGIC)
                .put(message)
                .put(Md5.of(message))
                .array();
    }

    static byte[] message(byte[] stored) {
        return Arrays.copyOfRange(stored, MAGIC.length, stored.length - Md5.LENGTH);
    }

    static Messages.AggregatedRecord.Builder of(List<String> partitionKeys, List<String> explicitHashKeys) {
        return Messages.AggregatedRecord.newBuilder()
                .addAllPartitionKeyTable(partitionKeys)
                .addAllExplicitHashKeyTable(explicitHashKeys);
    }

    static Messages.Record.Builder record(long partitionKeyIndex, String data) {
        return Messages.Record.newBuilder()
                .setPartitionKeyIndex(partitionKeyIndex)
                .setData(ByteString.copyFrom(data, StandardCharsets.UTF_8));
    }
}
