package io.riacho.compatibility;

import io.riacho.aggregation.Aggregation;
import io.riacho.aggregation.HashKeys;
import io.riacho.compatibility.JournalLine.Event;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.kinesis.KinesisClient;
import software.amazon.awssdk.services.kinesis.model.Record;
import software.amazon.awssdk.services.kinesis.model.Shard;

/**
 * A user record that came out of the stream.
 *
 * @param subSequenceNumber its place in the stored record
 * @param explicitHashKey null where it has none or the reader does not tell
 * @param fingerprint of the data
 */
record ConsumedRecord(
        String shardId,
        BigInteger sequenceNumber,
        long subSequenceNumber,
        String partitionKey,
        @Nullable String explicitHashKey,
        int number,
        String fingerprint) {

    /** What a worker of KCL was given. */
    static List<ConsumedRecord> of(Collection<JournalLine> journal) {
        return journal.stream()
                .filter(line -> line.is(Event.RECORD))
                .map(line -> new ConsumedRecord(
                        line.shardId(),
                        line.sequenceNumber(),
                        line.subSequenceNumber(),
                        line.partitionKey(),
                        null,
                        line.number(),
                        line.fingerprint()))
                .toList();
    }

    /** What GetRecords gives, taken apart by Riacho's own readers' module. */
    static List<ConsumedRecord> read(KinesisClient client, String stream) {
        return client.listShards(request -> request.streamName(stream)).shards().stream()
                .flatMap(shard -> StoredStream.readToTheTip(client, stream, shard.shardId()).stream()
                        .flatMap(record -> userRecords(shard, record).stream()))
                .toList();
    }

    private static List<ConsumedRecord> userRecords(Shard shard, Record stored) {
        HashKeys keys = HashKeys.of(
                shard.hashKeyRange().startingHashKey(), shard.hashKeyRange().endingHashKey());
        return Aggregation.userRecords(stored.partitionKey(), stored.data().asByteBuffer(), keys).stream()
                .map(record -> new ConsumedRecord(
                        shard.shardId(),
                        new BigInteger(stored.sequenceNumber()),
                        record.subSequenceNumber(),
                        record.partitionKey(),
                        record.explicitHashKey(),
                        number(record.data()),
                        fingerprint(record.data())))
                .toList();
    }

    private static int number(ByteBuffer data) {
        return OrderedWriters.number(
                StandardCharsets.ISO_8859_1.decode(data.duplicate()).toString());
    }

    private static String fingerprint(ByteBuffer data) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(data.duplicate());
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public String toString() {
        return partitionKey + " number " + number + " (" + shardId + ", " + sequenceNumber + ", " + subSequenceNumber
                + ")";
    }
}
