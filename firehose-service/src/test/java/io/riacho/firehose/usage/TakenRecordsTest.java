package io.riacho.firehose.usage;

import static org.assertj.core.api.Assertions.assertThat;

import io.riacho.firehose.record.SourceRecord;
import io.riacho.usage.hours.Amounts;
import io.riacho.usage.hours.Subject;
import java.math.BigInteger;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class TakenRecordsTest {

    private static final UUID ID = UUID.randomUUID();
    private static final String ANN = "arn:aws:iam::000000000000:user/ann";
    private static final Instant TEN = Instant.parse("2026-11-26T10:00:00Z");
    private static final int KIB = 1 << 10;

    private final MeteredDelivery directPut = new MeteredDelivery(ID, "clicks", true, true, true, false);
    private final TakenRecords taken = new TakenRecords(directPut);

    @Test
    void aRecordCountsOnceItsPositionIsPassed() {
        taken.add(List.of(record(1, ANN, 10, TEN), record(2, ANN, 20, TEN), record(2, ANN, 30, TEN)));
        taken.add(List.of(record(3, ANN, 40, TEN)));

        assertThat(counted(1)).isEqualTo(used(1, 10, 5 * KIB));
        taken.forget(BigInteger.ONE);
        assertThat(counted(2)).isEqualTo(used(2, 50, 10 * KIB));
        taken.forget(BigInteger.TWO);
        assertThat(counted(2)).isEqualTo(new Amounts());
        assertThat(counted(9)).isEqualTo(used(1, 40, 5 * KIB));
    }

    @Test
    void recordsAreCountedInStepsOfFiveKibibytes() {
        taken.add(List.of(record(1, ANN, 0, TEN), record(2, ANN, 5 * KIB, TEN), record(3, ANN, 5 * KIB + 1, TEN)));

        assertThat(counted(3)).isEqualTo(used(3, 10 * KIB + 1, 20 * KIB));
    }

    @Test
    void theHourIsTheOneOfTheRecordsArrival() {
        taken.add(List.of(record(1, ANN, 1, TEN.minusMillis(1)), record(2, ANN, 1, TEN)));
        Amounts expected = used(1, 1, 5 * KIB);
        add(expected, ANN, TEN.minusSeconds(3600), 1, 1, 5 * KIB);

        assertThat(counted(2)).isEqualTo(expected);
    }

    @Test
    void whoPutWhatIsTold() {
        taken.add(List.of(
                record(1, MeteredDelivery.keyOf(ANN), 1, TEN),
                record(2, MeteredDelivery.keyOf("arn:aws:sts::000000000000:assumed-role/writer/session"), 1, TEN),
                record(3, MeteredDelivery.keyOf("arn:aws:iam::000000000000:user/" + "x".repeat(300)), 1, TEN),
                record(4, "8c1f04", 1, TEN)));
        Amounts expected = new Amounts();
        for (String who :
                List.of(ANN, "arn:aws:sts::000000000000:assumed-role/writer", Subject.OTHER, Subject.UNKNOWN)) {
            add(expected, who, TEN, 1, 1, 5 * KIB);
        }

        assertThat(counted(4)).isEqualTo(expected);
    }

    /** The keys of a stream's records are whatever its producers wanted. */
    @Test
    void keysOfAStreamsRecordsAreNoPrincipals() {
        MeteredDelivery ofKafka = new MeteredDelivery(ID, "clicks", false, false, false, false);
        TakenRecords read = new TakenRecords(ofKafka);
        read.add(List.of(record(1, ANN, 7, TEN)));
        Amounts amounts = new Amounts();
        read.countAll(amounts);
        Amounts expected = new Amounts();
        ofKafka.taken(TEN.toEpochMilli(), Subject.NOBODY, 1, 7, 7, expected);

        assertThat(amounts).isEqualTo(expected);
    }

    private static SourceRecord record(long position, String key, int bytes, Instant arrival) {
        return new SourceRecord("s", BigInteger.valueOf(position), 0, key, arrival, new byte[bytes], Map.of());
    }

    private Amounts counted(long position) {
        Amounts amounts = new Amounts();
        taken.count(BigInteger.valueOf(position), amounts);
        return amounts;
    }

    private Amounts used(long records, long bytes, long billed) {
        Amounts amounts = new Amounts();
        add(amounts, ANN, TEN, records, bytes, billed);
        return amounts;
    }

    private void add(Amounts to, String who, Instant at, long records, long bytes, long billed) {
        directPut.taken(at.toEpochMilli(), who, records, bytes, billed, to);
    }
}
