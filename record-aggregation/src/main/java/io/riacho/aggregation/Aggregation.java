package io.riacho.aggregation;

import com.google.protobuf.InvalidProtocolBufferException;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The aggregation format of the Kinesis Producer Library: {@code F3 89 9A C2}, a protobuf message {@code AggregatedRecord},
 * and the MD5 of that message. What is not in this form, or damaged, is one record as it is.
 *
 * <p>The answer is the one of KCL's {@code AggregatorUtil}, but for a message whose own content contradicts itself - an
 * index for which its tables have no entry, an explicit hash key that is no number: KCL gives out the user records before
 * that place and loses the rest, here it is one record as it is.
 *
 * @see <a href="https://github.com/awslabs/amazon-kinesis-producer/blob/master/aggregation-format.md">KPL aggregated record
 *     format</a>
 */
public final class Aggregation {

    private static final byte[] MAGIC = {(byte) 0xF3, (byte) 0x89, (byte) 0x9A, (byte) 0xC2};

    /** What a stored record has beside the message. */
    static final int FRAME_BYTES = MAGIC.length + Md5.LENGTH;

    private Aggregation() {}

    /** Whether the data begins as that of an aggregated record does; without that it is one record as it is. */
    public static boolean isMarked(byte[] data) {
        return data.length > FRAME_BYTES && Arrays.equals(data, 0, MAGIC.length, MAGIC, 0, MAGIC.length);
    }

    /** The user records of a stored record, whatever shard they belong to. */
    public static List<UserRecord> userRecords(String partitionKey, ByteBuffer data) {
        return userRecords(partitionKey, data, HashKeys.ALL);
    }

    /**
     * The user records of a stored record, in their order. As with KCL, an aggregated record of which one user record
     * belongs to another shard is none of this shard's: the producer aggregated for shards as they were before, and writes
     * again what ended up in the wrong one.
     *
     * @param partitionKey of the stored record
     * @param data of the stored record, between position and limit; neither is moved
     * @param shard what the shard holds; asked about aggregated records only
     */
    public static List<UserRecord> userRecords(String partitionKey, ByteBuffer data, HashKeys shard) {
        List<UserRecord> records = null;
        ByteBuffer message = message(data);
        if (message != null) {
            try {
                records = userRecords(AggregatedRecord.parse(message), shard);
            } catch (InvalidProtocolBufferException | NumberFormatException e) {
                // Not what a producer library writes, so it is somebody's own record.
                records = null;
            }
        }
        return records != null
                ? records
                : List.of(new UserRecord(
                        partitionKey, null, data.asReadOnlyBuffer().slice(), 0, false));
    }

    /** Null where a table has no entry that a record names. */
    private static @Nullable List<UserRecord> userRecords(AggregatedRecord aggregated, HashKeys shard) {
        List<UserRecord> records = new ArrayList<>(aggregated.size());
        boolean foreign = false;
        for (int i = 0; i < aggregated.size(); i++) {
            TableKey partitionKey = aggregated.partitionKey(i);
            boolean isExplicit = aggregated.hasExplicitHashKey(i);
            TableKey explicitHashKey = isExplicit ? aggregated.explicitHashKey(i) : null;
            if (partitionKey == null || (isExplicit && explicitHashKey == null)) {
                return null;
            }
            BigInteger hashKey = (explicitHashKey == null ? partitionKey : explicitHashKey).hashKey();
            if (!shard.contains(hashKey)) {
                foreign = true;
                break;
            }
            String explicitText = explicitHashKey == null ? null : explicitHashKey.text();
            records.add(new UserRecord(partitionKey.text(), explicitText, aggregated.data(i), i, true));
        }
        return foreign ? List.of() : records;
    }

    /** A stored record's data with this message. */
    static byte[] framed(byte[] message) {
        byte[] data = new byte[message.length + FRAME_BYTES];
        System.arraycopy(MAGIC, 0, data, 0, MAGIC.length);
        System.arraycopy(message, 0, data, MAGIC.length, message.length);
        System.arraycopy(Md5.of(ByteBuffer.wrap(message)), 0, data, MAGIC.length + message.length, Md5.LENGTH);
        return data;
    }

    /** The protobuf message, or null where the data is not in this form. */
    private static @Nullable ByteBuffer message(ByteBuffer data) {
        int length = data.remaining() - MAGIC.length - Md5.LENGTH;
        if (length <= 0) {
            return null;
        }
        int start = data.position();
        for (int i = 0; i < MAGIC.length; i++) {
            if (data.get(start + i) != MAGIC[i]) {
                return null;
            }
        }
        ByteBuffer message = data.slice(start + MAGIC.length, length);
        byte[] check = new byte[Md5.LENGTH];
        data.get(start + MAGIC.length + length, check);
        return Arrays.equals(check, Md5.of(message)) ? message : null;
    }
}
