package io.riacho.firehose.directput;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** Names records that were put, for their producers: opaque, unique in the delivery stream. */
final class RecordIds {

    private RecordIds() {}

    static String of(String shard, String sequenceNumber, int part) {
        String text = shard + ":" + sequenceNumber + ":" + part;
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.US_ASCII));
    }
}
