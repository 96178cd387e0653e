package io.riacho.streams.record;

import static org.assertj.core.api.Assertions.assertThat;

import io.riacho.log.LogChunk;
import io.riacho.protocol.WireFormat;
import io.riacho.streams.TestWire;
import io.riacho.streams.record.GetRecordsAnswer.ChildShard;
import io.riacho.streams.shard.HashKeyRange;
import io.riacho.streams.shard.Shard;
import io.riacho.streams.shard.TestShards;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.Size;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** The answers that are written by hand are read back by Jackson. */
class GetRecordsAnswerProperties {

    private static final Shard SHARD = TestShards.shard(7, HashKeyRange.WHOLE);

    record Stored(long offset, long timestamp, String key, byte[] data, boolean encrypted) {}

    @Property
    void recordsAreReadBackAsTheyWere(@ForAll WireFormat format, @ForAll("records") @Size(max = 8) List<Stored> records)
            throws IOException {
        JsonNode answer = written(format, records, new AnswerBuffer(), "next", 17, List.of())
                .tree();

        assertSame(format, records, answer);
        assertThat(answer.path("NextShardIterator").stringValue()).isEqualTo("next");
        assertThat(answer.path("MillisBehindLatest").longValue()).isEqualTo(17);
        assertThat(answer.has("ChildShards")).isFalse();
    }

    @Property(tries = 20)
    void aLargeAnswerGoesOutInPiecesAndABufferIsUsedAgain(
            @ForAll WireFormat format, @ForAll("largeRecords") @Size(min = 3, max = 12) List<Stored> records)
            throws IOException {
        AnswerBuffer buffer = new AnswerBuffer();
        for (int i = 0; i < 2; i++) {
            TestWire.Response response = written(format, records, buffer, "next", 0, List.of());

            assertSame(format, records, response.tree());
            assertThat(response.announced()).isEqualTo(-1);
            assertThat(response.writes()).isGreaterThan(1);
        }
        TestWire.Response small = written(format, List.of(), buffer, "next", 0, List.of());
        assertThat(small.announced()).isEqualTo(small.bytes().length);
        assertThat(small.tree().path("Records").size()).isZero();
    }

    @Example
    void aSmallAnswerIsSentWholeWithItsLength() throws IOException {
        for (WireFormat format : WireFormat.values()) {
            TestWire.Response response = written(
                    format,
                    List.of(new Stored(0, 1_700_000_000_000L, "k", new byte[1000], false)),
                    new AnswerBuffer(),
                    "next",
                    0,
                    List.of());

            assertThat(response.announced()).isEqualTo(response.bytes().length);
            assertThat(response.writes()).isEqualTo(1);
        }
    }

    @Example
    void atTheEndOfAClosedShardThereAreChildrenAndNoIterator() throws IOException {
        ChildShard split = new ChildShard("shardId-000000000001", List.of("shardId-000000000000"), "0", "99");
        ChildShard merged = new ChildShard(
                "shardId-000000000002", List.of("shardId-000000000000", "shardId-000000000003"), "100", "340");
        for (WireFormat format : WireFormat.values()) {
            JsonNode answer = written(format, List.of(), new AnswerBuffer(), null, 0, List.of(split, merged))
                    .tree();

            assertThat(answer.has("NextShardIterator")).isFalse();
            assertThat(answer.path("ChildShards").size()).isEqualTo(2);
            assertThat(answer.path("ChildShards").get(1).toString())
                    .isEqualTo("{\"ShardId\":\"shardId-000000000002\","
                            + "\"ParentShards\":[\"shardId-000000000000\",\"shardId-000000000003\"],"
                            + "\"HashKeyRange\":{\"StartingHashKey\":\"100\",\"EndingHashKey\":\"340\"}}");
            assertThat(answer.path("ChildShards").get(0).path("ParentShards").size())
                    .isEqualTo(1);
        }
    }

    private static TestWire.Response written(
            WireFormat format,
            List<Stored> records,
            AnswerBuffer buffer,
            @Nullable String iterator,
            long behind,
            List<ChildShard> children)
            throws IOException {
        TestWire.Response response = new TestWire.Response(format);
        buffer.begin(response);
        GetRecordsAnswer answer = GetRecordsAnswer.answer(format, buffer);
        ListChunk chunk = new ListChunk();
        records.forEach(record -> chunk.add(
                record.offset(),
                record.timestamp(),
                record.key().getBytes(StandardCharsets.UTF_8),
                record.data(),
                record.encrypted() ? 3 : LogChunk.NO_KEY));
        answer.begin();
        while (chunk.next()) {
            answer.record(SHARD, chunk);
        }
        answer.end(iterator, behind, children);
        return response;
    }

    private static void assertSame(WireFormat format, List<Stored> records, JsonNode answer) throws IOException {
        assertThat(answer.path("Records").size()).isEqualTo(records.size());
        for (int i = 0; i < records.size(); i++) {
            Stored record = records.get(i);
            JsonNode read = answer.path("Records").get(i);
            List<String> members =
                    new ArrayList<>(List.of("SequenceNumber", "ApproximateArrivalTimestamp", "Data", "PartitionKey"));
            if (record.encrypted()) {
                members.add("EncryptionType");
                assertThat(read.path("EncryptionType").stringValue()).isEqualTo("KMS");
            }
            assertThat(read.propertyNames()).containsExactlyInAnyOrderElementsOf(members);
            assertThat(read.path("PartitionKey").stringValue()).isEqualTo(record.key());
            assertThat(data(format, read.path("Data"))).isEqualTo(record.data());
            assertThat(read.path("SequenceNumber").stringValue())
                    .isEqualTo(SHARD.sequenceNumbers().format(record.offset()));
            BigDecimal time = read.path("ApproximateArrivalTimestamp").decimalValue();
            assertThat(format == WireFormat.JSON ? time.movePointRight(3) : time)
                    .isEqualByComparingTo(BigDecimal.valueOf(record.timestamp()));
        }
    }

    private static byte[] data(WireFormat format, JsonNode node) throws IOException {
        return format == WireFormat.JSON ? Base64.getDecoder().decode(node.stringValue()) : node.binaryValue();
    }

    @Provide
    Arbitrary<List<Stored>> records() {
        return records(Arbitraries.oneOf(
                        Arbitraries.bytes().array(byte[].class).ofMaxSize(40),
                        Arbitraries.bytes().array(byte[].class).ofMinSize(250).ofMaxSize(260)))
                .list();
    }

    @Provide
    Arbitrary<List<Stored>> largeRecords() {
        return records(Arbitraries.integers().between(200_000, 300_000).map(byte[]::new))
                .list();
    }

    /** Keys of every length and language, with all that JSON escapes. */
    private static Arbitrary<Stored> records(Arbitrary<byte[]> data) {
        Arbitrary<String> keys = Arbitraries.oneOf(
                Arbitraries.strings()
                        .withChars("\"\\\b\f\n\r\t\u0000\u001f\u007f/<é漢")
                        .ofMinLength(1)
                        .ofMaxLength(60),
                Arbitraries.strings().ofMinLength(1).ofMaxLength(256).map(GetRecordsAnswerProperties::text));
        return Combinators.combine(
                        Arbitraries.longs().between(0, Long.MAX_VALUE - 1),
                        Arbitraries.longs().between(0, 9_999_999_999_999L),
                        keys,
                        data,
                        Arbitraries.of(false, true))
                .as(Stored::new);
    }

    /** The same without halves of surrogate pairs, which no UTF-8 has. */
    private static String text(String any) {
        return new String(any.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
    }
}
