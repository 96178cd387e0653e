package io.riacho.aggregation;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import software.amazon.kinesis.retrieval.kpl.Messages;

/** What is read out of any bytes is what the client library reads, as far as that goes. */
class AggregationProperties {

    private static final BigInteger END = BigInteger.ONE.shiftLeft(128);

    @Property(tries = 2000)
    void wellFormedRecords(@ForAll long seed) throws InvalidProtocolBufferException {
        Random random = new Random(seed);
        assertReadAsTheClientLibraryDoes(Stored.around(message(random, false)), shard(random));
    }

    @Property(tries = 2000)
    void recordsThatContradictThemselves(@ForAll long seed) throws InvalidProtocolBufferException {
        Random random = new Random(seed);
        assertReadAsTheClientLibraryDoes(Stored.around(message(random, true)), shard(random));
    }

    /** The check is made to fit again, so that the damage is read. */
    @Property(tries = 8000)
    void damagedMessages(@ForAll long seed, @ForAll @IntRange(min = 1, max = 4) int damages)
            throws InvalidProtocolBufferException {
        Random random = new Random(seed);
        byte[] message = message(random, random.nextInt(4) == 0);
        for (int i = 0; i < damages; i++) {
            message = damaged(message, random);
        }
        assertReadAsTheClientLibraryDoes(Stored.around(message), shard(random));
    }

    @Property(tries = 1000)
    void damagedRecords(@ForAll long seed) throws InvalidProtocolBufferException {
        Random random = new Random(seed);
        assertReadAsTheClientLibraryDoes(damaged(Stored.around(message(random, false)), random), shard(random));
    }

    @Property(tries = 3000)
    void randomMessages(@ForAll long seed) throws InvalidProtocolBufferException {
        Random random = new Random(seed);
        byte[] message = new byte[random.nextInt(40)];
        random.nextBytes(message);
        for (int i = 0; i < message.length; i++) {
            // Mostly bytes that mean something to protobuf.
            if (random.nextInt(3) > 0) {
                message[i] =
                        (byte) (random.nextBoolean() ? random.nextInt(6) : 8 * random.nextInt(6) + random.nextInt(6));
            }
        }
        assertReadAsTheClientLibraryDoes(Stored.around(message), shard(random));
    }

    private static void assertReadAsTheClientLibraryDoes(byte[] stored, HashKeys shard)
            throws InvalidProtocolBufferException {
        List<UserRecord> ours = Aggregation.userRecords("stored", ByteBuffer.wrap(stored), shard);
        List<UserRecord> theirs = Kcl.userRecords("stored", stored.clone(), shard);
        if (!ours.equals(theirs)) {
            assertThat(ours).containsExactly(new UserRecord("stored", null, ByteBuffer.wrap(stored), 0, false));
            assertThat(Kcl.givesUp(Stored.message(stored), shard))
                    .as("%s read as %s", ours, theirs)
                    .isTrue();
        }
    }

    private static byte[] message(Random random, boolean contradicting) {
        List<String> partitionKeys = texts(random, false);
        List<String> explicitHashKeys = texts(random, true);
        Messages.AggregatedRecord.Builder message = Stored.of(partitionKeys, explicitHashKeys);
        int records = random.nextInt(6);
        for (int i = 0; i < records && !partitionKeys.isEmpty(); i++) {
            byte[] data = new byte[random.nextInt(20)];
            random.nextBytes(data);
            Messages.Record.Builder record = Messages.Record.newBuilder()
                    .setPartitionKeyIndex(index(random, partitionKeys.size(), contradicting))
                    .setData(ByteString.copyFrom(data));
            if (random.nextInt(3) == 0 && !explicitHashKeys.isEmpty()) {
                record.setExplicitHashKeyIndex(index(random, explicitHashKeys.size(), contradicting));
            }
            if (random.nextInt(4) == 0) {
                record.addTags(Messages.Tag.newBuilder().setKey("k").setValue("v"));
            }
            message.addRecords(record);
        }
        return message.build().toByteArray();
    }

    private static long index(Random random, int size, boolean contradicting) {
        if (contradicting && random.nextInt(4) == 0) {
            long[] odd = {size, -1, Integer.MAX_VALUE, 1L << 32, (1L << 32) + size, Long.MIN_VALUE};
            return odd[random.nextInt(odd.length)];
        }
        return random.nextInt(size);
    }

    private static List<String> texts(Random random, boolean numbers) {
        List<String> texts = new ArrayList<>();
        String[] odd = {"", "-1", "+3", "007", "x", END.toString(), "٣", "-0", "9".repeat(50), "0".repeat(60) + "4"};
        for (int i = random.nextInt(4); i > 0; i--) {
            if (random.nextInt(10) == 0) {
                texts.add(odd[random.nextInt(odd.length)]);
            } else {
                texts.add(numbers ? new BigInteger(128, random).toString() : "key-" + random.nextInt(50));
            }
        }
        return texts;
    }

    private static HashKeys shard(Random random) {
        if (random.nextInt(4) > 0) {
            return HashKeys.ALL;
        }
        BigInteger one = new BigInteger(128, random);
        BigInteger other = new BigInteger(128, random);
        return new HashKeys(one.min(other), one.max(other));
    }

    private static byte[] damaged(byte[] bytes, Random random) {
        if (bytes.length == 0) {
            return new byte[] {(byte) random.nextInt()};
        }
        int at = random.nextInt(bytes.length);
        switch (random.nextInt(4)) {
            case 0 -> {
                return Arrays.copyOf(bytes, at);
            }
            case 1 -> {
                byte[] longer = new byte[bytes.length + 1];
                System.arraycopy(bytes, 0, longer, 0, at);
                longer[at] = (byte) random.nextInt();
                System.arraycopy(bytes, at, longer, at + 1, bytes.length - at);
                return longer;
            }
            default -> {
                byte[] changed = bytes.clone();
                changed[at] = (byte) (random.nextBoolean() ? random.nextInt() : changed[at] ^ 1 << random.nextInt(8));
                return changed;
            }
        }
    }
}
