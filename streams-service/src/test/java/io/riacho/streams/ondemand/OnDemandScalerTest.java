package io.riacho.streams.ondemand;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.riacho.protocol.AwsException;
import io.riacho.streams.StreamsUnderTest;
import io.riacho.streams.shard.HashKeyRange;
import io.riacho.streams.shard.Shard;
import io.riacho.streams.stream.Stream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.kinesis.model.StreamStatus;

/** The scaler over real streams, on a clock that is moved by the interval at which it looks. */
class OnDemandScalerTest {

    private static final Duration INTERVAL = Duration.ofSeconds(15);
    private static final double MIB = 1 << 20;
    private static final AtomicInteger NAMES = new AtomicInteger();

    @TempDir
    static Path folder;

    @SuppressWarnings("NullAway.Init")
    private static StreamsUnderTest service;

    private final String name = "on-demand-" + NAMES.incrementAndGet();

    @SuppressWarnings("NullAway.Init")
    private OnDemandScaler scaler;

    @BeforeAll
    static void start() {
        service = new StreamsUnderTest(folder, StreamsUnderTest.A_MOMENT);
    }

    @AfterAll
    static void stop() {
        service.close();
    }

    @BeforeEach
    void watchNewStream() {
        Stream unused = service.createOnDemand(name);
        scaler = newScaler();
        scaler.run();
    }

    @Test
    void aStreamBeginsWithFourShards() {
        assertThat(openCount()).isEqualTo(4);
    }

    @Test
    void aStreamWithoutTrafficKeepsFourShards() {
        pass(4, 0);

        assertThat(openCount()).isEqualTo(4);
    }

    @Test
    void aHotShardIsSplitAndItsNeighboursStay() {
        Shard hot = service.stream(name).shards().open().get(1);
        for (Shard shard : service.stream(name).shards().open()) {
            take(shard, (shard == hot ? 0.8 : 0.3) * MIB);
        }
        look();

        assertThat(openCount()).isEqualTo(5);
        assertThat(service.stream(name).shards().find(hot.index()).orElseThrow().isOpen())
                .isFalse();
        assertThat(service.stream(name).shards().childrenOf(hot))
                .extracting(Shard::range)
                .containsExactly(
                        new HashKeyRange(
                                hot.range().start(), hot.range().middle().previous()),
                        new HashKeyRange(hot.range().middle(), hot.range().end()));
    }

    @Test
    void aShardIsSplitForManySmallRecordsToo() {
        Shard hot = service.stream(name).shards().open().getFirst();
        hot.traffic().wrote(1000, 600 * INTERVAL.toSeconds());
        for (Shard shard : service.stream(name).shards().open().subList(1, 4)) {
            take(shard, 0.3 * MIB);
        }
        look();

        assertThat(service.stream(name).shards().childrenOf(hot)).hasSize(2);
    }

    @Test
    void growingTrafficIsFollowed() {
        pass(10, 12 * MIB);

        assertThat(openCount())
                .as("shards that take at most half of what they can")
                .isEqualTo(32);
    }

    @Test
    void afterAPeakShardsForTwiceOfItStayForThirtyDays() {
        pass(6, 6 * MIB);
        pass(6, 0);

        assertThat(openCount()).isEqualTo(12);
        service.clock().advance(Duration.ofDays(29));
        pass(3, 0);
        assertThat(openCount()).isEqualTo(12);
    }

    @Test
    void quietNeighboursMergeBackOnceThePeakIsThirtyDaysAgo() {
        pass(6, 6 * MIB);

        service.clock().advance(Duration.ofDays(32));
        pass(8, 0);

        assertThat(openCount()).isEqualTo(4);
    }

    @Test
    void aPeakIsRememberedOverARestart() {
        pass(6, 6 * MIB);

        scaler = newScaler();
        pass(6, 0);

        assertThat(openCount()).isEqualTo(12);
    }

    @Test
    void warmThroughputIsKept() {
        Stream unused = service.catalog()
                .change(
                        service.stream(name),
                        stream -> stream.changed().warmThroughputMiBps(10).done());
        pass(6, 8 * MIB);
        service.clock().advance(Duration.ofDays(32));
        pass(8, 0);

        assertThat(openCount()).isEqualTo(10);
    }

    @Test
    void aStreamThatIsBeingUpdatedIsLeftAlone() {
        Stream updating =
                service.catalog().change(service.stream(name), stream -> stream.withStatus(StreamStatus.UPDATING));
        updating.shards().open().forEach(shard -> take(shard, MIB));
        service.clock().advance(INTERVAL);
        scaler.run();

        assertThat(service.stream(name)).isSameAs(updating);
        Stream unused = service.catalog().change(updating, stream -> stream.withStatus(StreamStatus.ACTIVE));
    }

    @Test
    void shardsThatCountFromZeroAgainAreNotTakenForQuietOnes() {
        pass(6, 6 * MIB);
        int before = openCount();
        service.jdbc()
                .sql("alter table streams.stream add constraint short check (retention_hours < 100)")
                .update();
        assertThatThrownBy(() -> service.catalog()
                        .change(
                                service.stream(name),
                                stream -> stream.changed().retentionHours(200).done()))
                .isNotInstanceOf(AwsException.class);
        service.jdbc().sql("alter table streams.stream drop constraint short").update();

        pass(1, 6 * MIB);

        assertThat(openCount()).isEqualTo(before);
    }

    @Test
    void aProvisionedStreamIsLeftAlone() {
        String provisioned = name + "-provisioned";
        Stream stream = service.create(provisioned, 2);
        look();
        stream.shards().open().forEach(shard -> take(shard, MIB));
        look();

        assertThat(service.stream(provisioned)).isSameAs(stream);
    }

    /** Over so many intervals, the traffic is spread evenly over the open shards. */
    private void pass(int intervals, double bytesPerSecond) {
        for (int i = 0; i < intervals; i++) {
            int open = openCount();
            service.stream(name).shards().open().forEach(shard -> take(shard, bytesPerSecond / open));
            look();
        }
    }

    private static void take(Shard shard, double bytesPerSecond) {
        shard.traffic().wrote((long) (bytesPerSecond * INTERVAL.toSeconds()), 1);
    }

    private void look() {
        service.clock().advance(INTERVAL);
        scaler.run();
        Stream unused = service.active(name);
    }

    private int openCount() {
        return service.stream(name).shards().openCount();
    }

    private static OnDemandScaler newScaler() {
        return new OnDemandScaler(
                service.catalog(), service.streams().lifecycle(), new PeakStore(service.jdbc()), service.clock());
    }
}
