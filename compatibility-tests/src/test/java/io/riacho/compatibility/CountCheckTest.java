package io.riacho.compatibility;

import static org.assertj.core.api.Assertions.assertThat;

import io.riacho.compatibility.StoredStream.StoredRecord;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** That the check of what a job counted sees what it is there to see. */
final class CountCheckTest {

    /** Eight records, of two keys in turn. */
    private final StoredStream stored = new StoredStream(
            Map.of(
                    "shard",
                    IntStream.range(0, 8)
                            .mapToObj(number ->
                                    new StoredRecord("shard", BigInteger.valueOf(100 + number), key(number), number))
                            .toList()),
            Map.of("shard", List.of()));

    private final List<CountedRecord> first =
            new ArrayList<>(List.of(counted(0), counted(1), counted(2), counted(3), counted(4)));

    /** Its state is that from before 3. */
    private final List<CountedRecord> second =
            new ArrayList<>(List.of(counted(3), counted(4), counted(5), counted(6), counted(7)));

    @Test
    void aJobThatRepeatsWhatItsStateHadNotSeenIsFaultless() {
        assertThat(faults()).isEmpty();
    }

    @Test
    void aMissingRecordIsSeen() {
        second.remove(2);
        assertThat(faults())
                .containsExactly(
                        "1 records were never counted: key-1 number 5 (shard, 105)",
                        "key-1 number 7 (shard, 107) is the key's 4, behind its 2");
    }

    /** As a job would write it that leaves a record out. */
    @Test
    void aRecordThatTheJobNeverGotIsSeen() {
        second.remove(2);
        second.set(3, new CountedRecord("key-1", 7, "shard", BigInteger.valueOf(107), 1, 3));
        assertThat(faults())
                .containsExactly(
                        "1 records were never counted: key-1 number 5 (shard, 105)",
                        "key-1 has 4 records, of which 3 were counted");
    }

    @Test
    void aRecordThatComesTwiceForTheStateIsSeen() {
        second.add(1, new CountedRecord("key-1", 3, "shard", BigInteger.valueOf(103), 2, 3));
        assertThat(faults())
                .containsExactly(
                        "key-1 number 3 (shard, 103) came 2 times",
                        "key-1 number 5 (shard, 105) is the key's 3, behind its 3",
                        "key-1 number 3 (shard, 103) came behind key-1 number 3 (shard, 103)");
    }

    @Test
    void twoRecordsInTheWrongOrderAreSeen() {
        Collections.swap(first, 0, 2);
        assertThat(faults()).contains("key-0 number 0 (shard, 100) came behind key-0 number 2 (shard, 102)");
    }

    @Test
    void aStateThatWasLostIsSeen() {
        second.clear();
        second.add(new CountedRecord("key-1", 5, "shard", BigInteger.valueOf(105), 1, 1));
        second.add(new CountedRecord("key-0", 6, "shard", BigInteger.valueOf(106), 1, 4));
        second.add(new CountedRecord("key-1", 7, "shard", BigInteger.valueOf(107), 1, 2));
        assertThat(faults()).containsExactly("key-1 has 4 records, of which 2 were counted");
    }

    @Test
    void aStateThatNeverWasIsSeen() {
        second.removeFirst();
        second.set(1, new CountedRecord("key-1", 5, "shard", BigInteger.valueOf(105), 1, 9));
        assertThat(faults()).contains("key-1 number 5 (shard, 105) is the key's 9, behind a state that never was");
    }

    @Test
    void aRecordThatNobodyWroteIsSeen() {
        second.add(counted(8));
        assertThat(faults())
                .containsExactly(
                        "not in the stream: key-0 number 8 (shard, 108)",
                        "key-0 has 4 records, of which 5 were counted");
    }

    @Test
    void aRecordWithAnothersContentIsSeen() {
        second.set(4, new CountedRecord("key-1", 5, "shard", BigInteger.valueOf(107), 1, 4));
        assertThat(faults()).containsExactly("key-1 number 7 (shard, 107) came as key-1 number 5 (shard, 107)");
    }

    private List<String> faults() {
        return CountCheck.faults(stored, List.of(first, second));
    }

    private static CountedRecord counted(int number) {
        return new CountedRecord(key(number), number, "shard", BigInteger.valueOf(100 + number), 1, number / 2 + 1);
    }

    private static String key(int number) {
        return "key-" + number % 2;
    }
}
