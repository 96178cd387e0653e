package io.riacho.consumers.flink;

import java.nio.charset.StandardCharsets;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.java.tuple.Tuple4;
import org.apache.flink.streaming.connectors.kinesis.serialization.KinesisDeserializationSchema;

/** A record as partition key, the number that its data begins with, shard, and sequence number. */
final class PositionedSchema implements KinesisDeserializationSchema<Tuple4<String, Integer, String, String>> {

    private static final long serialVersionUID = 1L;

    @Override
    public Tuple4<String, Integer, String, String> deserialize(
            byte[] data,
            String partitionKey,
            String sequenceNumber,
            long approximateArrival,
            String stream,
            String shardId) {
        String text = new String(data, StandardCharsets.UTF_8);
        int number = Integer.parseInt(text.substring(0, text.indexOf(' ')));
        return Tuple4.of(partitionKey, number, shardId, sequenceNumber);
    }

    @Override
    public TypeInformation<Tuple4<String, Integer, String, String>> getProducedType() {
        return Types.TUPLE(Types.STRING, Types.INT, Types.STRING, Types.STRING);
    }
}
