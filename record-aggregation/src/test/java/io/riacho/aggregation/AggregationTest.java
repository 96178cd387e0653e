package io.riacho.aggregation;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.UnknownFieldSet;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import software.amazon.kinesis.retrieval.kpl.Messages;

class AggregationTest {

    private static final BigInteger MIDDLE = BigInteger.ONE.shiftLeft(127);
    private static final HashKeys LOWER = new HashKeys(BigInteger.ZERO, MIDDLE.subtract(BigInteger.ONE));

    @Test
    void userRecordsComeInTheirOrderWithKeysAndSubSequenceNumbers() {
        byte[] stored = Stored.around(Stored.of(List.of("a", "b"), List.of("7"))
                .addRecords(Stored.record(1, "first"))
                .addRecords(Stored.record(0, "second").setExplicitHashKeyIndex(0))
                .build()
                .toByteArray());
        assertThat(read(stored))
                .containsExactly(
                        new UserRecord("b", null, bytes("first"), 0, true),
                        new UserRecord("a", "7", bytes("second"), 1, true));
    }

    @Test
    void aPlainRecordIsItself() {
        assertThat(read("hello".getBytes(StandardCharsets.UTF_8)))
                .containsExactly(new UserRecord("stored", null, bytes("hello"), 0, false));
    }

    @Test
    void anEmptyRecordIsItself() {
        assertThat(read(new byte[0])).containsExactly(new UserRecord("stored", null, bytes(""), 0, false));
    }

    @Test
    void neitherPositionNorLimitOfTheDataIsMoved() {
        byte[] stored = Stored.around(Stored.of(List.of("a"), List.of())
                .addRecords(Stored.record(0, "x"))
                .build()
                .toByteArray());
        ByteBuffer shifted = ByteBuffer.allocate(stored.length + 20).put(7, stored);
        shifted.position(7).limit(7 + stored.length);
        assertThat(Aggregation.userRecords("stored", shifted))
                .containsExactly(new UserRecord("a", null, bytes("x"), 0, true));
        assertThat(shifted.position()).isEqualTo(7);
        assertThat(shifted.limit()).isEqualTo(7 + stored.length);
    }

    @Test
    void theDataGivenOutCannotBeWrittenTo() {
        byte[] stored = Stored.around(Stored.of(List.of("a"), List.of())
                .addRecords(Stored.record(0, "x"))
                .build()
                .toByteArray());
        assertThat(read(stored).getFirst().data().isReadOnly()).isTrue();
        assertThat(read(new byte[3]).getFirst().data().isReadOnly()).isTrue();
    }

    @Test
    void aDamagedBitAnywhereMakesItOneRecord() {
        byte[] stored = Stored.around(Stored.of(List.of("a"), List.of())
                .addRecords(Stored.record(0, "data"))
                .build()
                .toByteArray());
        for (int i = 0; i < stored.length; i++) {
            byte[] damaged = stored.clone();
            damaged[i] ^= 4;
            assertWhole(damaged);
        }
    }

    @Test
    void aMessageCutOffAnywhereIsOneRecord() {
        byte[] message = Stored.of(List.of("a"), List.of())
                .addRecords(Stored.record(0, "data"))
                .build()
                .toByteArray();
        // What is cut between two records of the message is a shorter message.
        for (int length = 4; length < message.length; length++) {
            assertWhole(Stored.around(java.util.Arrays.copyOf(message, length)));
        }
    }

    @Test
    void anIndexOutOfTheTableMakesItOneRecordThoughTheClientLibraryWouldLoseTheRest() {
        byte[] stored = Stored.around(Stored.of(List.of("a"), List.of())
                .addRecords(Stored.record(0, "good"))
                .addRecords(Stored.record(1, "bad"))
                .addRecords(Stored.record(0, "lost"))
                .build()
                .toByteArray());
        assertWhole(stored);
        assertThat(Kcl.userRecords("stored", stored, HashKeys.ALL))
                .containsExactly(new UserRecord("a", null, bytes("good"), 0, true));
    }

    @Test
    void anExplicitHashKeyThatIsNoNumberMakesItOneRecord() {
        for (String wrong : List.of("", "-", "+", "x", "1x", "0x1", "1.5", " 1")) {
            assertWhole(Stored.around(Stored.of(List.of("a"), List.of(wrong))
                    .addRecords(Stored.record(0, "x").setExplicitHashKeyIndex(0))
                    .build()
                    .toByteArray()));
        }
    }

    @Test
    void lyingLengthsMakeItOneRecordAndTakeNoMemory() throws IOException {
        for (long length : new long[] {5, 127, 1 << 20, Integer.MAX_VALUE, 0xFFFF_FFFFL, Long.MAX_VALUE, -1}) {
            for (int tag : new int[] {0x0A, 0x12, 0x1A, 0x22}) {
                ByteArrayOutputStream message = new ByteArrayOutputStream();
                CodedOutputStream out = CodedOutputStream.newInstance(message);
                out.writeUInt32NoTag(tag);
                out.writeUInt64NoTag(length);
                out.writeRawByte(0);
                out.flush();
                assertWhole(Stored.around(message.toByteArray()));
            }
        }
    }

    @Test
    void anAggregatedRecordWithAUserRecordOfAnotherShardIsNoneOfThisOne() {
        byte[] stored = Stored.around(Stored.of(List.of("a"), List.of("5", MIDDLE.toString()))
                .addRecords(Stored.record(0, "mine").setExplicitHashKeyIndex(0))
                .addRecords(Stored.record(0, "theirs").setExplicitHashKeyIndex(1))
                .build()
                .toByteArray());
        assertThat(Aggregation.userRecords("stored", ByteBuffer.wrap(stored), LOWER))
                .isEmpty();
        assertThat(read(stored)).hasSize(2);
    }

    @Test
    void aPlainRecordIsGivenOutWhateverTheShardHolds() {
        HashKeys one = new HashKeys(BigInteger.TEN, BigInteger.TEN);
        assertThat(Aggregation.userRecords("stored", bytes("plain"), one)).hasSize(1);
    }

    @Test
    void anExplicitHashKeyOfAMillionDigitsIsReadInNoTime() {
        byte[] stored = Stored.around(Stored.of(List.of("a"), List.of("9".repeat(1_000_000)))
                .addRecords(Stored.record(0, "x").setExplicitHashKeyIndex(0))
                .build()
                .toByteArray());
        Assertions.assertTimeoutPreemptively(
                Duration.ofSeconds(20), () -> assertThat(read(stored)).isEmpty());
    }

    @Test
    void aLargeKeyThatManyRecordsNameIsReadOnce() {
        Messages.AggregatedRecord.Builder message = Stored.of(List.of("k".repeat(500_000)), List.of());
        for (int i = 0; i < 50_000; i++) {
            message.addRecords(Stored.record(0, ""));
        }
        byte[] stored = Stored.around(message.build().toByteArray());
        Assertions.assertTimeoutPreemptively(Duration.ofSeconds(20), () -> {
            List<UserRecord> records = read(stored);
            assertThat(records).hasSize(50_000);
            assertThat(records.getFirst().partitionKey())
                    .isSameAs(records.getLast().partitionKey());
        });
    }

    @Test
    void groupsNestAsDeepAsProtobufAllows() {
        for (int depth = 95; depth <= 104; depth++) {
            UnknownFieldSet groups = groups(depth);
            assertSame(Stored.of(List.of("a"), List.of())
                    .addRecords(Stored.record(0, "x"))
                    .setUnknownFields(groups)
                    .build()
                    .toByteArray());
            assertSame(Stored.of(List.of("a"), List.of())
                    .addRecords(Stored.record(0, "x").setUnknownFields(groups))
                    .build()
                    .toByteArray());
            assertSame(Stored.of(List.of("a"), List.of())
                    .addRecords(Stored.record(0, "x")
                            .addTags(Messages.Tag.newBuilder().setKey("k").setUnknownFields(groups)))
                    .build()
                    .toByteArray());
        }
    }

    @Test
    void aRangeThatIsNoneIsRefused() {
        org.assertj.core.api.Assertions.assertThatIllegalArgumentException().isThrownBy(() -> HashKeys.of("5", "4"));
        org.assertj.core.api.Assertions.assertThatIllegalArgumentException().isThrownBy(() -> HashKeys.of("-1", "4"));
        assertThat(HashKeys.of("0", "340282366920938463463374607431768211455")).isEqualTo(HashKeys.ALL);
    }

    private static UnknownFieldSet groups(int depth) {
        UnknownFieldSet inner = UnknownFieldSet.getDefaultInstance();
        for (int i = 0; i < depth; i++) {
            inner = UnknownFieldSet.newBuilder()
                    .addField(
                            9,
                            UnknownFieldSet.Field.newBuilder().addGroup(inner).build())
                    .build();
        }
        return inner;
    }

    /** Its tenth byte says that more come. */
    @Test
    void anUnknownNumberThatIsTooLongIsReadAsProtobufReadsIt() {
        assertSame(HexFormat.of().parseHex("0a016b" + "508bd4ddab80a9d998e0ed"));
    }

    private static void assertSame(byte[] message) {
        byte[] stored = Stored.around(message);
        assertThat(read(stored)).isEqualTo(Kcl.userRecords("stored", stored, HashKeys.ALL));
    }

    private static void assertWhole(byte[] stored) {
        assertThat(read(stored))
                .as(ByteString.copyFrom(stored).toString())
                .containsExactly(new UserRecord("stored", null, ByteBuffer.wrap(stored), 0, false));
    }

    private static List<UserRecord> read(byte[] stored) {
        return Aggregation.userRecords("stored", ByteBuffer.wrap(stored));
    }

    private static ByteBuffer bytes(String text) {
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
    }
}
