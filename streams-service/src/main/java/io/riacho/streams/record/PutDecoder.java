package io.riacho.streams.record;

import io.riacho.protocol.WireRequest;
import io.riacho.streams.shard.HashKey;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads PutRecord and PutRecords off the wire without the SDK's model classes, as long as they are plain: members that
 * are known, of the right type, within the model's constraints, and in ASCII but for the data. Anything else is left to
 * the generic way, which takes it or says what is wrong with it; so what a client may send is decided in one place.
 */
final class PutDecoder {

    private static final int MOST_RECORDS = 500;
    private static final int MOST_KEY_CHARACTERS = 256;
    private static final int MOST_DATA_BYTES = 10 << 20;
    private static final int MOST_HASH_KEY_DIGITS = 39;
    private static final int MOST_NAME_CHARACTERS = 128;
    private static final int MOST_ARN_CHARACTERS = 2048;
    private static final Pattern STREAM_ARN = Pattern.compile("arn:aws[^:\\s]*:kinesis:[^:\\s]*:\\d{12}:stream/\\S+");

    private PutDecoder() {}

    /** Null where the request is not plain. */
    static @Nullable PutRequest putRecords(WireRequest request) {
        return decode(request, true);
    }

    /** Null where the request is not plain. */
    static @Nullable PutRequest putRecord(WireRequest request) {
        return decode(request, false);
    }

    private static @Nullable PutRequest decode(WireRequest request, boolean many) {
        PlainReader reader = switch (request.format()) {
            case JSON -> new PlainJson(request.body(), request.bodyPosition(), request.bodyLength());
            case CBOR -> new PlainCbor(request.body(), request.bodyPosition(), request.bodyLength());
        };
        try {
            PutRequest decoded = many ? records(reader) : record(reader);
            return reader.isAtEnd() ? decoded : null;
        } catch (PlainReader.NotPlain _) {
            return null;
        }
    }

    private static PutRequest records(PlainReader reader) {
        String name = null;
        String arn = null;
        PutBatch batch = null;
        for (reader.beginObject(); reader.hasNext(); ) {
            if (reader.nextIs("Records") && batch == null) {
                batch = batch(reader);
            } else if (reader.nextIs("StreamName")) {
                name = reader.text();
            } else if (reader.nextIs("StreamARN")) {
                arn = reader.text();
            } else {
                throw PlainReader.NotPlain.INSTANCE;
            }
        }
        return request(name, arn, batch);
    }

    private static PutBatch batch(PlainReader reader) {
        PutBatch batch = new PutBatch(Math.min(Math.max(reader.beginArray(), 1), MOST_RECORDS));
        while (reader.hasNext()) {
            if (batch.size() == MOST_RECORDS) {
                throw PlainReader.NotPlain.INSTANCE;
            }
            RecordMembers members = new RecordMembers();
            for (reader.beginObject(); reader.hasNext(); ) {
                members.read(reader);
            }
            members.addTo(batch);
        }
        return batch;
    }

    private static PutRequest record(PlainReader reader) {
        String name = null;
        String arn = null;
        RecordMembers members = new RecordMembers();
        for (reader.beginObject(); reader.hasNext(); ) {
            if (reader.nextIs("StreamName")) {
                name = reader.text();
            } else if (reader.nextIs("StreamARN")) {
                arn = reader.text();
            } else {
                members.read(reader);
            }
        }
        PutBatch batch = new PutBatch(1);
        members.addTo(batch);
        return request(name, arn, batch);
    }

    private static PutRequest request(@Nullable String name, @Nullable String arn, @Nullable PutBatch batch) {
        if (batch == null || batch.size() == 0 || name == null && arn == null) {
            throw PlainReader.NotPlain.INSTANCE;
        }
        if ((name != null && !isName(name)) || (arn != null && !isArn(arn))) {
            throw PlainReader.NotPlain.INSTANCE;
        }
        return new PutRequest(name, arn, null, batch);
    }

    private static boolean isName(String name) {
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            boolean allowed = (c >= 'a' && c <= 'z')
                    || (c >= 'A' && c <= 'Z')
                    || (c >= '0' && c <= '9')
                    || c == '_'
                    || c == '.'
                    || c == '-';
            if (!allowed) {
                return false;
            }
        }
        return !name.isEmpty() && name.length() <= MOST_NAME_CHARACTERS;
    }

    private static boolean isArn(String arn) {
        return arn.length() <= MOST_ARN_CHARACTERS && STREAM_ARN.matcher(arn).matches();
    }

    /** The members of one record, in whatever order they come. */
    private static final class RecordMembers {

        private byte @Nullable [] key;
        private byte @Nullable [] data;
        private int position;
        private int length;
        private @Nullable HashKey hashKey;

        void read(PlainReader reader) {
            if (reader.nextIs("Data")) {
                reader.blob();
                data = reader.blobArray();
                position = reader.blobPosition();
                length = reader.blobLength();
            } else if (reader.nextIs("PartitionKey")) {
                key = reader.asciiBytes();
            } else if (reader.nextIs("ExplicitHashKey")) {
                hashKey = hashKey(reader.asciiBytes());
            } else {
                throw PlainReader.NotPlain.INSTANCE;
            }
        }

        void addTo(PutBatch batch) {
            if (key == null
                    || data == null
                    || key.length == 0
                    || key.length > MOST_KEY_CHARACTERS
                    || length > MOST_DATA_BYTES) {
                throw PlainReader.NotPlain.INSTANCE;
            }
            batch.add(key, data, position, length, hashKey);
        }

        private static HashKey hashKey(byte[] digits) {
            String decimal = new String(digits, StandardCharsets.ISO_8859_1);
            boolean plain = !decimal.isEmpty()
                    && decimal.length() <= MOST_HASH_KEY_DIGITS
                    && decimal.chars().allMatch(c -> c >= '0' && c <= '9')
                    && (decimal.charAt(0) != '0' || decimal.length() == 1)
                    && HashKey.isOnRing(decimal);
            if (!plain) {
                throw PlainReader.NotPlain.INSTANCE;
            }
            return HashKey.parse(decimal);
        }
    }
}
