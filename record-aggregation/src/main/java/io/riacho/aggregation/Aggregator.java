package io.riacho.aggregation;

import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.WireFormat;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * Puts user records into one stored record, in the format that {@link Aggregation} reads, all under one partition key.
 * Used by one thread.
 */
public final class Aggregator {

    private static final int PARTITION_KEY_TABLE = 1;
    private static final int RECORDS = 3;
    private static final int PARTITION_KEY_INDEX = 1;
    private static final int DATA = 3;

    private final String partitionKey;
    private final List<ByteBuffer> records = new ArrayList<>();
    private int messageBytes;

    public Aggregator(String partitionKey) {
        this.partitionKey = partitionKey;
        this.messageBytes = CodedOutputStream.computeStringSize(PARTITION_KEY_TABLE, partitionKey);
    }

    /** How many bytes the stored record would have with this user record more. */
    public int bytesWith(int dataBytes) {
        return Aggregation.FRAME_BYTES + messageBytes + sizeOf(dataBytes);
    }

    /** @param data between position and limit; neither is moved. Not to be changed before {@link #storedRecord} */
    public void add(ByteBuffer data) {
        messageBytes += sizeOf(data.remaining());
        records.add(data);
    }

    public int size() {
        return records.size();
    }

    /** The data of the stored record. */
    public byte[] storedRecord() {
        byte[] message = new byte[messageBytes];
        CodedOutputStream out = CodedOutputStream.newInstance(message);
        try {
            out.writeString(PARTITION_KEY_TABLE, partitionKey);
            for (ByteBuffer data : records) {
                out.writeTag(RECORDS, WireFormat.WIRETYPE_LENGTH_DELIMITED);
                out.writeUInt32NoTag(recordBytes(data.remaining()));
                out.writeUInt64(PARTITION_KEY_INDEX, 0);
                out.writeTag(DATA, WireFormat.WIRETYPE_LENGTH_DELIMITED);
                out.writeUInt32NoTag(data.remaining());
                out.writeRawBytes(data.duplicate());
            }
            out.checkNoSpaceLeft();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return Aggregation.framed(message);
    }

    private static int sizeOf(int dataBytes) {
        int record = recordBytes(dataBytes);
        return CodedOutputStream.computeTagSize(RECORDS) + CodedOutputStream.computeUInt32SizeNoTag(record) + record;
    }

    private static int recordBytes(int dataBytes) {
        return CodedOutputStream.computeUInt64Size(PARTITION_KEY_INDEX, 0)
                + CodedOutputStream.computeTagSize(DATA)
                + CodedOutputStream.computeUInt32SizeNoTag(dataBytes)
                + dataBytes;
    }
}
