package io.riacho.aggregation;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.UnknownFieldSet;
import com.google.protobuf.WireFormat;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The protobuf message {@code AggregatedRecord}, read as the classes that protobuf generates read it, without copies of
 * its texts and data:
 *
 * <pre>
 * AggregatedRecord { repeated string partition_key_table = 1; repeated string explicit_hash_key_table = 2;
 *                    repeated Record records = 3; }
 * Record { required uint64 partition_key_index = 1; optional uint64 explicit_hash_key_index = 2;
 *          required bytes data = 3; repeated Tag tags = 4; }
 * Tag { required string key = 1; optional string value = 2; }
 * </pre>
 *
 * What it takes in memory is at most some twenty times the message.
 */
final class AggregatedRecord {

    private static final int PARTITION_KEY = tag(1, WireFormat.WIRETYPE_LENGTH_DELIMITED);
    private static final int EXPLICIT_HASH_KEY = tag(2, WireFormat.WIRETYPE_LENGTH_DELIMITED);
    private static final int RECORD = tag(3, WireFormat.WIRETYPE_LENGTH_DELIMITED);

    private static final int PARTITION_KEY_INDEX = tag(1, WireFormat.WIRETYPE_VARINT);
    private static final int EXPLICIT_HASH_KEY_INDEX = tag(2, WireFormat.WIRETYPE_VARINT);
    private static final int DATA = tag(3, WireFormat.WIRETYPE_LENGTH_DELIMITED);
    private static final int TAG = tag(4, WireFormat.WIRETYPE_LENGTH_DELIMITED);

    private static final int KEY = tag(1, WireFormat.WIRETYPE_LENGTH_DELIMITED);
    private static final int VALUE = tag(2, WireFormat.WIRETYPE_LENGTH_DELIMITED);

    /** Protobuf's own. */
    private static final int MAX_DEPTH = 100;

    private final ByteBuffer message;
    private final List<TableKey> partitionKeys = new ArrayList<>();
    private final List<TableKey> explicitHashKeys = new ArrayList<>();
    private final List<Entry> entries = new ArrayList<>();

    private AggregatedRecord(ByteBuffer message) {
        this.message = message;
    }

    /** @throws InvalidProtocolBufferException where the bytes are no such message */
    static AggregatedRecord parse(ByteBuffer message) throws InvalidProtocolBufferException {
        AggregatedRecord record = new AggregatedRecord(message);
        try {
            record.read(CodedInputStream.newInstance(message));
        } catch (InvalidProtocolBufferException e) {
            throw e;
        } catch (IOException e) {
            throw new InvalidProtocolBufferException(e);
        }
        return record;
    }

    int size() {
        return entries.size();
    }

    /** Null where the table has no such entry. */
    @Nullable
    TableKey partitionKey(int record) {
        return find(partitionKeys, entries.get(record).partitionKeyIndex);
    }

    boolean hasExplicitHashKey(int record) {
        return entries.get(record).hasExplicitHashKey;
    }

    /** Null where the table has no such entry. */
    @Nullable
    TableKey explicitHashKey(int record) {
        return find(explicitHashKeys, entries.get(record).explicitHashKeyIndex);
    }

    ByteBuffer data(int record) {
        return entries.get(record).data.asReadOnlyBuffer();
    }

    private static @Nullable TableKey find(List<TableKey> table, int index) {
        return index < 0 || index >= table.size() ? null : table.get(index);
    }

    private void read(CodedInputStream in) throws IOException {
        for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
            if (tag == PARTITION_KEY) {
                partitionKeys.add(TableKey.ofPartitionKey(bytes(in)));
            } else if (tag == EXPLICIT_HASH_KEY) {
                explicitHashKeys.add(TableKey.ofExplicitHashKey(bytes(in)));
            } else if (tag == RECORD) {
                entries.add(entry(in));
            } else {
                skip(in, tag);
            }
        }
    }

    private Entry entry(CodedInputStream in) throws IOException {
        int outer = begin(in, 1);
        Entry entry = new Entry(message);
        boolean hasIndex = false;
        boolean hasData = false;
        for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
            if (tag == PARTITION_KEY_INDEX) {
                // Of an index only the lower 32 bits count, as in KCL.
                entry.partitionKeyIndex = (int) in.readUInt64();
                hasIndex = true;
            } else if (tag == EXPLICIT_HASH_KEY_INDEX) {
                entry.explicitHashKeyIndex = (int) in.readUInt64();
                entry.hasExplicitHashKey = true;
            } else if (tag == DATA) {
                entry.data = bytes(in);
                hasData = true;
            } else if (tag == TAG) {
                checkTag(in);
            } else {
                skip(in, tag);
            }
        }
        end(in, outer, 1);
        require(hasIndex && hasData);
        return entry;
    }

    /** Nobody uses tags, but a message with a broken one is none. */
    private void checkTag(CodedInputStream in) throws IOException {
        int outer = begin(in, 2);
        boolean hasKey = false;
        for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
            if (tag == KEY || tag == VALUE) {
                hasKey |= tag == KEY;
                ByteBuffer unused = bytes(in);
            } else {
                skip(in, tag);
            }
        }
        end(in, outer, 2);
        require(hasKey);
    }

    private ByteBuffer bytes(CodedInputStream in) throws IOException {
        int length = in.readRawVarint32();
        int start = in.getTotalBytesRead();
        in.skipRawBytes(length);
        return message.slice(start, length);
    }

    /** Reads it and forgets it, as generated classes do: what is skipped unread is checked in another way. */
    private static void skip(CodedInputStream in, int tag) throws IOException {
        if (!UnknownFieldSet.newBuilder().mergeFieldFrom(tag, in)) {
            throw new InvalidProtocolBufferException("the end of a group that was not begun");
        }
    }

    /** @param depth how many messages this one is in; groups in it may nest so many levels less */
    private static int begin(CodedInputStream in, int depth) throws IOException {
        in.setRecursionLimit(MAX_DEPTH - depth);
        return in.pushLimit(in.readRawVarint32());
    }

    /** A nested message that says it is longer than what is left would be read to its end without an error. */
    private static void end(CodedInputStream in, int outer, int depth) throws IOException {
        require(in.getBytesUntilLimit() == 0);
        in.popLimit(outer);
        in.setRecursionLimit(MAX_DEPTH - depth + 1);
    }

    private static void require(boolean complete) throws InvalidProtocolBufferException {
        if (!complete) {
            throw new InvalidProtocolBufferException("a message is not complete");
        }
    }

    private static int tag(int field, int wireType) {
        return field << 3 | wireType;
    }

    private static final class Entry {

        private int partitionKeyIndex;
        private int explicitHashKeyIndex;
        private boolean hasExplicitHashKey;
        private ByteBuffer data;

        Entry(ByteBuffer data) {
            this.data = data;
        }
    }
}
