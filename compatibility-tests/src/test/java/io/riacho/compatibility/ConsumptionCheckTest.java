package io.riacho.compatibility;

import static org.assertj.core.api.Assertions.assertThat;

import io.riacho.compatibility.StoredStream.StoredRecord;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** That the check of what consumers did sees what it is there to see. */
final class ConsumptionCheckTest {

    /** A parent with the numbers 0 to 5 of two keys, whose child goes on. */
    private final StoredStream stored = new StoredStream(
            Map.of("parent", records("parent", 100, 0, 6), "child", records("child", 200, 6, 10)),
            new LinkedHashMap<>(Map.of("parent", List.of(), "child", List.of("parent"))));

    private int clock;

    /** One worker dies behind its checkpoint at 103; the other repeats 104 and 105. */
    private final List<JournalLine> journal = new ArrayList<>(List.of(
            line("one", 1, "taken", "parent", "TRIM_HORIZON", "0"),
            record("one", 1, "parent", 100, 0),
            record("one", 1, "parent", 101, 1),
            record("one", 1, "parent", 102, 2),
            record("one", 1, "parent", 103, 3),
            line("one", 1, "checkpointing", "parent", "103", "0"),
            line("one", 1, "checkpoint", "parent", "103", "0"),
            record("one", 1, "parent", 104, 4),
            record("one", 1, "parent", 105, 5),
            line("two", 1, "taken", "parent", "103", "0"),
            record("two", 1, "parent", 104, 4),
            record("two", 1, "parent", 105, 5),
            line("two", 1, "ending", "parent"),
            line("two", 1, "ended", "parent"),
            line("two", 2, "taken", "child", "TRIM_HORIZON", "0"),
            record("two", 2, "child", 200, 6),
            record("two", 2, "child", 201, 7),
            record("two", 2, "child", 202, 8),
            record("two", 2, "child", 203, 9)));

    @Test
    void aTakeoverThatRepeatsFromTheCheckpointOnIsFaultless() {
        assertThat(faults()).isEmpty();
    }

    @Test
    void aMissingRecordIsSeen() {
        journal.remove(3);
        assertThat(faults())
                .containsExactly(
                        "1 records were never processed: key-0 number 2 (parent, 102)",
                        "one#1 left out 1 records before key-1 number 3 (parent, 103): key-0 number 2 (parent, 102)");
    }

    @Test
    void aRecordThatNobodyProcessedIsSeen() {
        journal.removeLast();
        assertThat(faults()).containsExactly("1 records were never processed: key-1 number 9 (child, 203)");
    }

    @Test
    void twoRecordsInTheWrongOrderAreSeen() {
        Collections.swap(journal, 15, 17);
        assertThat(faults())
                .contains(
                        "two#2 left out 2 records before key-0 number 8 (child, 202):"
                                + " key-0 number 6 (child, 200), key-1 number 7 (child, 201)",
                        "two#2 went back by 2 records, to key-1 number 7 (child, 201)",
                        "key-0: number 6 was processed by two#2 only after number 8 by two#2");
    }

    @Test
    void aRepeatedRecordIsSeen() {
        journal.add(16, journal.get(15));
        assertThat(faults()).containsExactly("two#2 went back by 1 records, to key-0 number 6 (child, 200)");
    }

    @Test
    void aRepeatFromBeforeTheCheckpointIsSeen() {
        journal.set(9, line("two", 1, "taken", "parent", "101", "0"));
        assertThat(faults()).contains("two#1 began parent at 101, before its checkpoint 103");
    }

    @Test
    void aStartFromTheBeginningInSpiteOfACheckpointIsSeen() {
        journal.set(9, line("two", 1, "taken", "parent", "TRIM_HORIZON", "0"));
        assertThat(faults()).contains("two#1 began parent at TRIM_HORIZON, before its checkpoint 103");
    }

    @Test
    void aCheckpointThatNobodyMadeIsSeen() {
        journal.set(9, line("two", 1, "taken", "parent", "104", "0"));
        assertThat(faults()).contains("two#1 began parent at 104, which is no checkpoint of it");
    }

    @Test
    void aCheckpointThatWasUnderWayAtADeathMayHaveCounted() {
        journal.add(9, line("one", 1, "checkpointing", "parent", "104", "0"));
        journal.set(10, line("two", 1, "taken", "parent", "104", "0"));
        journal.remove(11);
        assertThat(faults()).isEmpty();
    }

    @Test
    void aChildThatOvertakesItsParentIsSeen() {
        journal.removeIf(line -> line.event() == JournalLine.Event.ENDING);
        assertThat(faults()).contains("two#2 began child before the end of its parent parent");
    }

    @Test
    void aShardThatIsTakenAgainAfterItsEndIsSeen() {
        journal.add(line("three", 1, "taken", "parent", "103", "0"));
        assertThat(faults()).contains("three#1 began parent at 103, before its checkpoint SHARD_END");
    }

    @Test
    void aRecordThatNobodyWroteIsSeen() {
        journal.add(record("two", 2, "child", 204, 10));
        assertThat(faults()).containsExactly("two#2 processed what is not in child: [key-0, 204, 0, 10]");
    }

    @Test
    void aRecordWithAnothersContentIsSeen() {
        journal.set(18, record("two", 2, "child", 203, 8));
        assertThat(faults()).contains("two#2 was given [key-0, 203, 0, 8] for key-1 number 9 (child, 203)");
    }

    private List<String> faults() {
        return ConsumptionCheck.faults(stored, journal);
    }

    private static List<StoredRecord> records(String shard, int firstSequenceNumber, int from, int to) {
        return IntStream.range(from, to)
                .mapToObj(number -> new StoredRecord(
                        shard, BigInteger.valueOf(firstSequenceNumber + number - from), "key-" + number % 2, number))
                .toList();
    }

    private JournalLine record(String worker, int tenure, String shard, int sequenceNumber, int number) {
        return line(
                worker,
                tenure,
                "record",
                shard,
                "key-" + number % 2,
                String.valueOf(sequenceNumber),
                "0",
                String.valueOf(number));
    }

    private JournalLine line(String worker, int tenure, String event, String shard, String... fields) {
        return JournalLine.parsed(
                worker,
                ++clock + "\t" + tenure + "\t" + event + "\t" + shard
                        + (fields.length == 0 ? "" : "\t" + String.join("\t", fields)));
    }
}
