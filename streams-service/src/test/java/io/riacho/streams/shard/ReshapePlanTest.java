package io.riacho.streams.shard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReshapePlanTest {

    @Test
    void aSplitShardHasALowerAndAnUpperChild() {
        HashKey at = HashKey.parse("1000");
        Ring ring = new Ring(2).reshape(new Reshape.Split(0, at));

        assertThat(ring.open()).containsExactly(2, 3, 1);
        assertThat(ring.shards().find(3).orElseThrow().range().start()).isEqualTo(at);
        assertThat(ring.shards().find(2).orElseThrow().parent()).hasValue(0);
        assertThat(ring.shards().find(2).orElseThrow().adjacentParent()).isEmpty();
    }

    @Test
    void aMergedShardNamesBothParentsInTheOrderInWhichTheyWereGiven() {
        Ring ring = new Ring(3).reshape(new Reshape.Merge(2, 1));

        assertThat(ring.open()).containsExactly(0, 3);
        assertThat(ring.shards().find(3).orElseThrow().parent()).hasValue(2);
        assertThat(ring.shards().find(3).orElseThrow().adjacentParent()).hasValue(1);
        assertThat(ring.shards().childrenOf(ring.shards().find(1).orElseThrow()))
                .extracting(Shard::index)
                .containsExactly(3);
    }

    @Test
    void scalingFourToThreeLeavesTheShardsThatAwsLeaves() {
        Ring ring = new Ring(4).reshape(new Reshape.Scale(3));

        assertThat(ring.open()).containsExactly(6, 9, 10);
        assertThat(ring.shards().childrenOf(ring.shards().find(1).orElseThrow()))
                .extracting(Shard::index)
                .containsExactly(4, 5);
        assertThat(ring.shards().childrenOf(ring.shards().find(2).orElseThrow()))
                .extracting(Shard::index)
                .containsExactly(7, 8);
    }

    @ParameterizedTest
    @CsvSource({"2, 3, 2 6 5, 7", "3, 2, 5 6, 7", "5, 3, 7 11 12, 13", "2, 4, 2 3 4 5, 6", "4, 2, 4 5, 6"})
    void scalingMakesTheShardsThatAwsMakes(int from, int to, String open, int everMade) {
        Ring ring = new Ring(from).reshape(new Reshape.Scale(to));

        assertThat(ring.open()).extracting(String::valueOf).containsExactly(open.split(" "));
        assertThat(ring.everMade()).isEqualTo(everMade);
    }

    @Test
    void scalingFourToFiveMakesFifteenShardsInAll() {
        assertThat(new Ring(4).reshape(new Reshape.Scale(5)).everMade()).isEqualTo(15);
    }

    @ParameterizedTest
    @CsvSource({"3, 6", "7, 14", "100, 200", "999, 1998"})
    void doublingSplitsEveryShardOnce(int from, int to) {
        Ring ring = new Ring(from).reshape(new Reshape.Scale(to));

        assertThat(ring.everMade()).isEqualTo(from + to);
        ring.assertEven();
    }

    @ParameterizedTest
    @CsvSource({"6, 3", "1000, 500", "4096, 2048"})
    void halvingMergesPairs(int from, int to) {
        Ring ring = new Ring(from).reshape(new Reshape.Scale(to));

        assertThat(ring.everMade()).isEqualTo(from + to);
        ring.assertEven();
    }

    @Test
    void halvingAgainAndAgainMergesPairsAlthoughRoundingAddsUp() {
        Ring ring = new Ring(1000).reshape(new Reshape.Scale(500));
        int before = ring.everMade();

        ring.reshape(new Reshape.Scale(250));
        assertThat(ring.everMade() - before).isEqualTo(250);

        ring.reshape(new Reshape.Scale(125));
        assertThat(ring.everMade() - before).isEqualTo(375);
        ring.assertEven();
    }

    @Test
    void scalingToWhatIsThereChangesNothing() {
        assertThat(ReshapePlan.of(TestShards.even(7), List.of(new Reshape.Scale(7)), 7))
                .isEqualTo(new ReshapePlan(List.of(), List.of()));
    }

    @Test
    void severalChangesAreOnePlan() {
        HashKey middle = HashKeyRange.even(4).getFirst().middle();
        Ring ring = new Ring(4).reshape(new Reshape.Split(0, middle), new Reshape.Merge(2, 3));

        assertThat(ring.open()).containsExactly(4, 5, 1, 6);
    }

    @Test
    void changesThatDoNotFitTheShardsAreRefused() {
        ShardMap shards = TestShards.even(4);
        HashKey start = HashKeyRange.even(4).get(1).start();

        assertRefused(shards, new Reshape.Split(1, start));
        assertRefused(shards, new Reshape.Split(0, start));
        assertRefused(shards, new Reshape.Split(9, start));
        assertRefused(shards, new Reshape.Merge(0, 2));
        assertRefused(shards, new Reshape.Merge(0, 3));
        assertRefused(shards, new Reshape.Merge(0, 9));
    }

    @Test
    void changesAreRememberedAsText() {
        List<Reshape> changes =
                List.of(new Reshape.Split(3, HashKey.MAX), new Reshape.Merge(1, 2), new Reshape.Scale(10_000));

        assertThat(Reshape.parse(Reshape.toText(changes))).isEqualTo(changes);
        assertThat(Reshape.parse(Reshape.toText(List.of()))).isEmpty();
        assertThatIllegalArgumentException().isThrownBy(() -> Reshape.parse("double 4"));
    }

    private static void assertRefused(ShardMap shards, Reshape change) {
        assertThatIllegalArgumentException().isThrownBy(() -> ReshapePlan.of(shards, List.of(change), 4));
    }
}
