package io.riacho.streams.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.riacho.policy.NamedPolicy;
import io.riacho.policy.PolicyDocument;
import io.riacho.policy.PolicyKind;
import io.riacho.streams.StreamsUnderTest;
import io.riacho.streams.shard.HashKey;
import io.riacho.streams.shard.Reshape;
import io.riacho.streams.shard.Shard;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.kinesis.model.DeleteStreamRequest;
import software.amazon.awssdk.services.kinesis.model.StreamMode;
import software.amazon.awssdk.services.kinesis.model.StreamStatus;

/** What a restart makes of streams that were on the way from one state to another, and of all else that is stored. */
class RestartTest {

    private static final AtomicInteger NAMES = new AtomicInteger();

    @TempDir
    static Path folder;

    @SuppressWarnings("NullAway.Init")
    private static StreamsUnderTest service;

    private final String name = "restarted-" + NAMES.incrementAndGet();

    @BeforeAll
    static void start() {
        service = new StreamsUnderTest(folder, StreamsUnderTest.A_MOMENT);
    }

    @AfterAll
    static void stop() {
        service.close();
    }

    @BeforeEach
    void statesEndSoon() {
        service.restart(StreamsUnderTest.A_MOMENT);
    }

    @Test
    void aStreamThatWasBeingCreatedIsCreated() {
        service.restart(StreamsUnderTest.FOR_GOOD);
        assertThat(service.ask(name, 3).status()).isEqualTo(StreamStatus.CREATING);

        service.restart(StreamsUnderTest.A_MOMENT);

        assertThat(service.active(name).shards().openCount()).isEqualTo(3);
    }

    @Test
    void theStreamsPolicyIsKept() {
        String policy = "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Deny\",\"Principal\":\"*\","
                + "\"Action\":\"kinesis:PutRecord\",\"Resource\":\"*\"}]}";
        Stream created = service.create(name, 1);
        service.catalog()
                .change(
                        created,
                        now -> now.changed()
                                .policy(new NamedPolicy("p", PolicyDocument.parse(policy, PolicyKind.RESOURCE)))
                                .done());

        service.restart(StreamsUnderTest.A_MOMENT);

        assertThat(service.stream(name).policy())
                .isNotNull()
                .satisfies(kept -> assertThat(kept.document().text()).isEqualTo(policy))
                .satisfies(kept -> assertThat(kept.name()).isEqualTo(created.arn()));
    }

    @Test
    void aStreamWhoseShardsWereToChangeGetsThemChanged() {
        service.create(name, 2);
        service.restart(StreamsUnderTest.FOR_GOOD);
        Stream updating = service.askFor(name, new Reshape.Scale(3));
        assertThat(updating.shards().openCount()).isEqualTo(2);

        service.restart(StreamsUnderTest.A_MOMENT);

        Stream stream = service.active(name);
        assertThat(stream.shards().open()).extracting(Shard::index).containsExactly(2, 6, 5);
        assertThat(stream.pending()).isEmpty();
    }

    @Test
    void aStreamThatIsStillToBeChangedTakesRecordsUntilThen() {
        service.create(name, 1);
        service.restart(StreamsUnderTest.FOR_GOOD);
        Stream updating = service.askFor(name, new Reshape.Split(0, HashKey.parse("1000")));
        Shard parent = updating.shards().open().getFirst();

        assertThat(service.put(parent, "k", "while updating")).isZero();
        service.restart(StreamsUnderTest.A_MOMENT);
        Shard closed = service.active(name).shards().find(0).orElseThrow();

        assertThat(closed.isOpen()).isFalse();
        assertThat(service.read(closed)).extracting(StreamsUnderTest.Read::data).containsExactly("while updating");
    }

    @Test
    void aStreamThatWasBeingDeletedIsDeletedWithItsRecords() {
        Shard shard = service.create(name, 1).shards().open().getFirst();
        service.restart(StreamsUnderTest.FOR_GOOD);
        service.put(shard, "k", "gone");
        service.streamOperations()
                .deleteStream(DeleteStreamRequest.builder().streamName(name).build());
        assertThat(service.stream(name).status()).isEqualTo(StreamStatus.DELETING);

        service.restart(StreamsUnderTest.A_MOMENT);
        StreamsUnderTest.await(() -> service.catalog().find(name).isEmpty());
        service.restart(StreamsUnderTest.A_MOMENT);

        assertThat(service.catalog().find(name)).isEmpty();
        assertThat(service.log().sizeInBytes(shard.number())).isZero();
    }

    @Test
    void aStreamThatIsDeletedWhileItIsUpdatedStaysDeleted() {
        service.create(name, 1);
        service.askFor(name, new Reshape.Scale(2));
        service.streamOperations()
                .deleteStream(DeleteStreamRequest.builder().streamName(name).build());

        StreamsUnderTest.await(() -> service.catalog().find(name).isEmpty());
        service.restart(StreamsUnderTest.A_MOMENT);

        assertThat(service.catalog().find(name)).isEmpty();
    }

    @Test
    void aStreamOfTheSameNameNeverSeesTheRecordsOfADeletedOne() {
        Shard first = service.create(name, 1).shards().open().getFirst();
        service.put(first, "k", "old");
        service.streamOperations()
                .deleteStream(DeleteStreamRequest.builder().streamName(name).build());
        StreamsUnderTest.await(() -> service.catalog().find(name).isEmpty());
        service.restart(StreamsUnderTest.A_MOMENT);

        Shard second = service.create(name, 1).shards().open().getFirst();

        assertThat(second.number()).isNotEqualTo(first.number());
        assertThat(service.read(second)).isEmpty();
    }

    @Test
    void everythingThatIsKnownOfAStreamIsKept() {
        Stream created = service.create(name, 2);
        service.put(created.shards().open().getFirst(), "k", "kept");
        service.reshape(name, new Reshape.Merge(0, 1));
        Stream before = service.catalog()
                .change(
                        service.stream(name),
                        stream -> stream.changed()
                                .mode(StreamMode.ON_DEMAND)
                                .retentionHours(100)
                                .maxRecordSizeInKiB(2048)
                                .warmThroughputMiBps(5)
                                .tags(new TreeMap<>(Map.of("team", "data", "empty", "")))
                                .shardLevelMetrics(java.util.Set.of("IncomingBytes", "OutgoingBytes"))
                                .modeSwitches(java.util.List.of(service.clock().instant()))
                                .shardCountUpdates(
                                        java.util.List.of(service.clock().instant()))
                                .done());

        service.restart(StreamsUnderTest.A_MOMENT);

        Stream after = service.stream(name);
        assertThat(after).usingRecursiveComparison().ignoringFields("shards", "traffic").isEqualTo(before);
        assertThat(after.shards().all())
                .usingRecursiveComparison()
                .ignoringFields("limits", "traffic")
                .isEqualTo(before.shards().all());
        assertThat(service.read(after.shards().find(0).orElseThrow())).hasSize(1);
    }

    @Test
    void offsetsGoOnWhereTheyWere() {
        Shard shard = service.create(name, 1).shards().open().getFirst();
        assertThat(service.put(shard, "k", "first")).isZero();

        service.restart(StreamsUnderTest.A_MOMENT);

        assertThat(service.put(service.stream(name).shards().open().getFirst(), "k", "second"))
                .isEqualTo(1);
    }
}
