package io.riacho.compatibility;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** That the check of what came out of a stream sees what it is there to see. */
final class ProductionCheckTest {

    /** Two keys whose records were written one after the other, two in each stored record. */
    private final List<ProducedRecord> produced = IntStream.range(0, 6)
            .mapToObj(number -> new ProducedRecord(
                    number,
                    "round-" + number % 2,
                    null,
                    "bytes of " + number,
                    "shard",
                    BigInteger.valueOf(100 + number / 2),
                    1))
            .toList();

    private final List<ConsumedRecord> consumed = new ArrayList<>(IntStream.range(0, 6)
            .mapToObj(number -> consumed(number, 100 + number / 2, number % 2))
            .toList());

    @Test
    void whatComesOutAsItWasPutInIsFaultless() {
        assertThat(faults()).isEmpty();
    }

    @Test
    void aMissingRecordIsSeen() {
        consumed.remove(3);
        assertThat(faults()).containsExactly("1 records never came: round-1 number 3 (shard, 101)");
    }

    @Test
    void aRepeatedRecordIsSeen() {
        consumed.add(3, consumed.get(2));
        assertThat(faults())
                .containsExactly(
                        "number 2 came 2 times",
                        "round-0 number 2 (shard, 101, 0) came behind round-0 number 2 (shard, 101, 0)",
                        "round-0: number 2 came behind number 2");
    }

    @Test
    void twoRecordsInTheWrongOrderAreSeen() {
        Collections.swap(consumed, 1, 3);
        assertThat(faults()).contains("round-1: number 1 came behind number 3");
    }

    @Test
    void twoRecordsOfOneStoredRecordInTheWrongOrderAreSeen() {
        Collections.swap(consumed, 2, 3);
        assertThat(faults())
                .containsExactly("round-0 number 2 (shard, 101, 0) came behind round-1 number 3 (shard, 101, 1)");
    }

    /** Their positions rise, but what is at them was put in the other way round. */
    @Test
    void aKeyWhoseRecordsWereStoredInTheWrongOrderIsSeen() {
        consumed.set(1, consumed(3, 100, 1));
        consumed.set(3, consumed(1, 101, 1));
        assertThat(faults()).contains("round-1: number 1 came behind number 3");
    }

    @Test
    void aRecordWithOtherBytesIsSeen() {
        ConsumedRecord record = consumed.get(4);
        consumed.set(
                4,
                new ConsumedRecord(
                        "shard", record.sequenceNumber(), 0, record.partitionKey(), null, 4, "bytes of another"));
        assertThat(faults()).containsExactly("round-0 number 4 (shard, 102, 0) has other bytes");
    }

    @Test
    void aRecordWithAnothersExplicitHashKeyIsSeen() {
        ConsumedRecord record = consumed.get(4);
        consumed.set(
                4,
                new ConsumedRecord(
                        "shard", record.sequenceNumber(), 0, record.partitionKey(), "7", 4, record.fingerprint()));
        assertThat(faults()).containsExactly("round-0 number 4 (shard, 102, 0) has the explicit hash key 7");
    }

    @Test
    void aRecordThatWasAcknowledgedAtAnotherPlaceIsSeen() {
        consumed.set(5, consumed(5, 103, 0));
        assertThat(faults()).containsExactly("round-1 number 5 (shard, 102) came as round-1 number 5 (shard, 103, 0)");
    }

    @Test
    void aRecordThatNobodyWroteIsSeen() {
        consumed.add(consumed(6, 103, 0));
        assertThat(faults()).containsExactly("nobody wrote round-0 number 6 (shard, 103, 0)");
    }

    private List<String> faults() {
        return ProductionCheck.faults(produced, consumed);
    }

    private static ConsumedRecord consumed(int number, int sequenceNumber, int place) {
        return new ConsumedRecord(
                "shard",
                BigInteger.valueOf(sequenceNumber),
                place,
                "round-" + number % 2,
                null,
                number,
                "bytes of " + number);
    }
}
