package io.riacho.flink.source;

import static org.assertj.core.api.Assertions.assertThat;

import io.riacho.aggregation.Aggregator;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.kinesis.model.Record;

class UserRecordsTest {

    @Test
    void aStoredRecordIsTakenApartAndItsLastUserRecordIsMarked() {
        assertThat(read(null, stored("7", "a", "b"), plain("8", "c")))
                .containsExactly("7.0 a", "7.1 b last", "8.0 c last");
    }

    @Test
    void readingGoesOnInTheMiddleOfAStoredRecord() {
        assertThat(read(new Position.After("7", 0, false), stored("7", "a", "b", "c"), plain("8", "d")))
                .containsExactly("7.1 b", "7.2 c last", "8.0 d last");
    }

    @Test
    void whatIsReadWhollyIsNotReadAgain() {
        assertThat(read(new Position.After("7", 1, true), stored("7", "a", "b"), plain("8", "c")))
                .containsExactly("8.0 c last");
    }

    @Test
    void whatBelongsToAnotherShardIsNotReadHere() {
        UserRecords records = new UserRecords(List.of(stored("7", "a")), new ShardSplit.KeyRange("0", "1"), null);

        assertThat(records.hasNext()).isFalse();
    }

    private static List<String> read(Position.@Nullable After from, Record... stored) {
        List<String> read = new ArrayList<>();
        new UserRecords(List.of(stored), null, from)
                .forEachRemaining(record -> read.add(record.sequenceNumber() + "." + record.subSequenceNumber() + " "
                        + new String(Objects.requireNonNull(record.data()), StandardCharsets.UTF_8)
                        + (record.last() ? " last" : "")));
        return read;
    }

    private static Record stored(String sequenceNumber, String... texts) {
        Aggregator aggregator = new Aggregator("key");
        for (String text : texts) {
            aggregator.add(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)));
        }
        return record(sequenceNumber, aggregator.storedRecord());
    }

    private static Record plain(String sequenceNumber, String text) {
        return record(sequenceNumber, text.getBytes(StandardCharsets.UTF_8));
    }

    private static Record record(String sequenceNumber, byte[] data) {
        return Record.builder()
                .sequenceNumber(sequenceNumber)
                .partitionKey("key")
                .approximateArrivalTimestamp(Instant.EPOCH)
                .data(SdkBytes.fromByteArray(data))
                .build();
    }
}
