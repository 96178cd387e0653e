package io.riacho.streams.record;

import static org.assertj.core.api.Assertions.assertThat;

import io.riacho.protocol.WireFormat;
import io.riacho.streams.TestWire;
import io.riacho.streams.shard.Shard;
import io.riacho.streams.shard.ShardMap;
import io.riacho.streams.shard.TestShards;
import java.io.IOException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;

class PutRecordsAnswerTest {

    private final ShardMap shards = TestShards.even(4);

    @ParameterizedTest
    @EnumSource(WireFormat.class)
    void everyRecordIsAnsweredInTheOrderOfTheRequest(WireFormat format) throws IOException {
        Placed placed = new Placed(500);
        for (int i = 0; i < 500; i++) {
            placed.stored(i, shards.open().get(i % 4), Long.MAX_VALUE - 1 - i);
        }

        JsonNode answer = answer(format, placed, "clicks");

        assertThat(answer.propertyNames()).containsExactlyInAnyOrder("FailedRecordCount", "Records");
        assertThat(answer.path("FailedRecordCount").intValue()).isZero();
        assertThat(answer.path("Records").size()).isEqualTo(500);
        for (int i = 0; i < 500; i++) {
            Shard shard = shards.open().get(i % 4);
            JsonNode record = answer.path("Records").get(i);
            assertThat(record.propertyNames()).containsExactlyInAnyOrder("SequenceNumber", "ShardId");
            assertThat(record.path("ShardId").stringValue()).isEqualTo(shard.id());
            assertThat(record.path("SequenceNumber").stringValue())
                    .isEqualTo(shard.sequenceNumbers().format(Long.MAX_VALUE - 1 - i));
        }
    }

    @ParameterizedTest
    @EnumSource(WireFormat.class)
    void aRecordThatItsShardWasTooBusyForHasAnErrorOnly(WireFormat format) throws IOException {
        Placed placed = new Placed(500);
        for (int i = 0; i < 500; i++) {
            Shard shard = shards.open().get(i % 4);
            if (i % 3 == 0) {
                placed.throttled(i, shard);
            } else {
                placed.stored(i, shard, i);
            }
        }
        String name = "s".repeat(128);

        JsonNode answer = answer(format, placed, name);

        assertThat(answer.path("FailedRecordCount").intValue()).isEqualTo(167);
        for (int i = 0; i < 500; i++) {
            JsonNode record = answer.path("Records").get(i);
            if (i % 3 == 0) {
                assertThat(record.propertyNames()).containsExactlyInAnyOrder("ErrorCode", "ErrorMessage");
                assertThat(record.path("ErrorCode").stringValue()).isEqualTo("ProvisionedThroughputExceededException");
                assertThat(record.path("ErrorMessage").stringValue())
                        .isEqualTo("Rate exceeded for shard shardId-00000000000" + i % 4 + " in stream " + name
                                + " under account 123456789012.");
            } else {
                assertThat(record.propertyNames()).containsExactlyInAnyOrder("SequenceNumber", "ShardId");
            }
        }
    }

    @ParameterizedTest
    @EnumSource(WireFormat.class)
    void allRecordsMayHaveFailed(WireFormat format) throws IOException {
        Placed placed = new Placed(1);
        placed.throttled(0, shards.open().getFirst());

        assertThat(answer(format, placed, "s").path("FailedRecordCount").intValue())
                .isEqualTo(1);
    }

    @ParameterizedTest
    @EnumSource(WireFormat.class)
    void thatTheRecordsAreEncryptedIsSaidOnce(WireFormat format) throws IOException {
        Placed placed = new Placed(2);
        placed.stored(0, shards.open().getFirst(), 0);
        placed.throttled(1, shards.open().getFirst());

        JsonNode answer =
                TestWire.mapper(format).readTree(PutRecordsAnswer.encode(format, placed, "s", "123456789012", true));

        assertThat(answer.propertyNames()).containsExactlyInAnyOrder("FailedRecordCount", "EncryptionType", "Records");
        assertThat(answer.path("EncryptionType").stringValue()).isEqualTo("KMS");
        assertThat(answer.path("Records").size()).isEqualTo(2);
    }

    private static JsonNode answer(WireFormat format, Placed placed, String name) throws IOException {
        return TestWire.mapper(format).readTree(PutRecordsAnswer.encode(format, placed, name, "123456789012", false));
    }
}
