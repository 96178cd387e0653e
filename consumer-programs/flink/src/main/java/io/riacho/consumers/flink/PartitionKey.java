package io.riacho.consumers.flink;

import org.apache.flink.api.java.functions.KeySelector;
import org.apache.flink.api.java.tuple.Tuple4;

/** The key that the stream's records have, too. */
final class PartitionKey implements KeySelector<Tuple4<String, Integer, String, String>, String> {

    private static final long serialVersionUID = 1L;

    @Override
    public String getKey(Tuple4<String, Integer, String, String> record) {
        return record.f0;
    }
}
