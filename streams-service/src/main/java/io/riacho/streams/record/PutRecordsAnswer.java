package io.riacho.streams.record;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.riacho.protocol.WireFormat;
import io.riacho.streams.error.KinesisErrors;
import io.riacho.streams.shard.SequenceNumbers;
import io.riacho.streams.shard.Shard;
import java.io.IOException;

/** The answer to PutRecords. */
final class PutRecordsAnswer {

    private static final int BYTES_A_RECORD = 144;
    private static final String THROTTLED = "ProvisionedThroughputExceededException";

    private PutRecordsAnswer() {}

    static byte[] encode(WireFormat format, Placed placed, String streamName, String account, boolean encrypted)
            throws IOException {
        AnswerBuffer out = new AnswerBuffer();
        out.reserve(BYTES_A_RECORD * (placed.size() + 1));
        switch (format) {
            case JSON -> json(out, placed, streamName, account, encrypted);
            case CBOR -> cbor(out, placed, streamName, account, encrypted);
        }
        return out.toBytes();
    }

    private static void json(AnswerBuffer out, Placed placed, String streamName, String account, boolean encrypted)
            throws IOException {
        out.putAscii("{\"FailedRecordCount\":");
        out.putDecimal(placed.throttledCount());
        if (encrypted) {
            out.putAscii(",\"EncryptionType\":\"KMS\"");
        }
        out.putAscii(",\"Records\":[");
        for (int i = 0; i < placed.size(); i++) {
            Shard shard = placed.shard(i);
            if (i > 0) {
                out.put(',');
            }
            if (placed.isThrottled(i)) {
                String message = KinesisErrors.writeRateExceeded(shard.id(), streamName, account);
                out.reserve(BYTES_A_RECORD * (placed.size() - i) + message.length());
                out.putAscii("{\"ErrorCode\":\"" + THROTTLED + "\",\"ErrorMessage\":\"" + message + "\"}");
            } else {
                out.put(Json.SEQUENCE_NUMBER);
                putSequenceNumber(out, shard, placed.offset(i));
                out.put(Json.SHARD_ID);
                out.put(shard.idBytes());
                out.put(Json.END);
            }
        }
        out.putAscii("]}");
    }

    private static void cbor(AnswerBuffer out, Placed placed, String streamName, String account, boolean encrypted)
            throws IOException {
        CborWriter.map(out, encrypted ? 3 : 2);
        CborWriter.text(out, "FailedRecordCount");
        CborWriter.unsigned(out, placed.throttledCount());
        if (encrypted) {
            CborWriter.text(out, "EncryptionType");
            CborWriter.text(out, "KMS");
        }
        CborWriter.text(out, "Records");
        CborWriter.array(out, placed.size());
        for (int i = 0; i < placed.size(); i++) {
            Shard shard = placed.shard(i);
            if (placed.isThrottled(i)) {
                String message = KinesisErrors.writeRateExceeded(shard.id(), streamName, account);
                out.reserve(BYTES_A_RECORD * (placed.size() - i) + message.length());
                CborWriter.map(out, 2);
                CborWriter.text(out, "ErrorCode");
                CborWriter.text(out, THROTTLED);
                CborWriter.text(out, "ErrorMessage");
                CborWriter.text(out, message);
            } else {
                out.put(Cbor.SEQUENCE_NUMBER);
                putSequenceNumber(out, shard, placed.offset(i));
                out.put(Cbor.SHARD_ID);
                CborWriter.textHead(out, shard.idBytes().length);
                out.put(shard.idBytes());
            }
        }
    }

    private static void putSequenceNumber(AnswerBuffer out, Shard shard, long offset) {
        int at = out.advance(SequenceNumbers.LENGTH);
        shard.sequenceNumbers().write(offset, out.array(), at);
    }

    private static final class Json {
        static final byte[] SEQUENCE_NUMBER = "{\"SequenceNumber\":\"".getBytes(ISO_8859_1);
        static final byte[] SHARD_ID = "\",\"ShardId\":\"".getBytes(ISO_8859_1);
        static final byte[] END = "\"}".getBytes(ISO_8859_1);
    }

    private static final class Cbor {
        static final byte[] SEQUENCE_NUMBER = sequenceNumber();
        static final byte[] SHARD_ID = shardId();

        private static byte[] sequenceNumber() {
            AnswerBuffer out = new AnswerBuffer();
            CborWriter.map(out, 2);
            CborWriter.text(out, "SequenceNumber");
            CborWriter.textHead(out, SequenceNumbers.LENGTH);
            return out.toBytes();
        }

        private static byte[] shardId() {
            AnswerBuffer out = new AnswerBuffer();
            CborWriter.text(out, "ShardId");
            return out.toBytes();
        }
    }
}
