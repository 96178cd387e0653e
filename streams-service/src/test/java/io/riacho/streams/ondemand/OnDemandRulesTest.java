package io.riacho.streams.ondemand;

import static org.assertj.core.api.Assertions.assertThat;

import io.riacho.streams.ondemand.OnDemandRules.Load;
import io.riacho.streams.shard.Reshape;
import io.riacho.streams.shard.Shard;
import io.riacho.streams.shard.TestShards;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class OnDemandRulesTest {

    private static final double MIB = 1 << 20;

    private final List<Shard> four = TestShards.even(4).open();

    @Test
    void aShardThatTakesMoreThanHalfOfItsBytesIsSplitInTheMiddle() {
        assertThat(OnDemandRules.changes(four, loads(0, 0.51 * MIB, 0, 0), 4))
                .containsExactly(new Reshape.Split(1, four.get(1).range().middle()), new Reshape.Merge(2, 3));
    }

    @Test
    void aShardThatTakesMoreThanHalfOfItsRecordsIsSplit() {
        Map<Integer, Load> loads = loads(0.2 * MIB, 0.2 * MIB, 0.2 * MIB, 0.2 * MIB);
        loads.put(3, new Load(100, 501));

        assertThat(OnDemandRules.changes(four, loads, 4))
                .containsExactly(new Reshape.Split(3, four.get(3).range().middle()));
    }

    @Test
    void aShardThatTakesHalfIsLeftAlone() {
        assertThat(OnDemandRules.changes(four, loads(0.5 * MIB, 0.5 * MIB, 0.5 * MIB, 0.5 * MIB), 4))
                .isEmpty();
    }

    @Test
    void quietNeighboursAreMergedInPairs() {
        List<Shard> eight = TestShards.even(8).open();

        assertThat(OnDemandRules.changes(eight, loads(new double[8]), 4))
                .containsExactly(
                        new Reshape.Merge(0, 1),
                        new Reshape.Merge(2, 3),
                        new Reshape.Merge(4, 5),
                        new Reshape.Merge(6, 7));
    }

    @Test
    void neighboursThatTogetherTakeAQuarterAreNotMerged() {
        double each = 0.125 * MIB;

        assertThat(OnDemandRules.changes(four, loads(each, each, each, each), 1))
                .isEmpty();
    }

    @Test
    void noMoreAreMergedThanMayGo() {
        List<Shard> eight = TestShards.even(8).open();

        assertThat(OnDemandRules.changes(eight, loads(new double[8]), 7)).containsExactly(new Reshape.Merge(0, 1));
        assertThat(OnDemandRules.changes(eight, loads(new double[8]), 8)).isEmpty();
    }

    @Test
    void aShardThatWasNotWatchedYetIsLeftAlone() {
        assertThat(OnDemandRules.changes(four, Map.of(), 1)).isEmpty();
        assertThat(OnDemandRules.changes(four, Map.of(1, Load.NONE), 1)).isEmpty();
    }

    @Test
    void thereAreEnoughShardsForTwiceThePeakForFourAndForTheWarmThroughput() {
        assertThat(OnDemandRules.leastShards(0, 0)).isEqualTo(4);
        assertThat(OnDemandRules.leastShards(2 * MIB, 0)).isEqualTo(4);
        assertThat(OnDemandRules.leastShards(2 * MIB + 1, 0)).isEqualTo(5);
        assertThat(OnDemandRules.leastShards(10 * MIB, 0)).isEqualTo(20);
        assertThat(OnDemandRules.leastShards(10 * MIB, 30)).isEqualTo(30);
    }

    private static Map<Integer, Load> loads(double... bytesPerSecond) {
        Map<Integer, Load> loads = new HashMap<>();
        for (int i = 0; i < bytesPerSecond.length; i++) {
            loads.put(i, new Load(bytesPerSecond[i], 0));
        }
        return loads;
    }
}
