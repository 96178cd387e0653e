package io.riacho.streams.shard;

import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

class ReshapePlanProperties {

    /** The checks are in {@link Ring}: they are made of every plan. */
    @Property(tries = 300)
    void whateverIsDoneToTheShardsTheOpenOnesCoverTheRingOnce(
            @ForAll @IntRange(min = 1, max = 9) int shards,
            @ForAll("changes") @Size(min = 1, max = 12) List<Change> changes) {
        Ring ring = new Ring(shards);

        changes.forEach(change -> change.applyTo(ring));
    }

    @Property(tries = 100)
    void scalingLeavesEvenShardsWhateverCameBefore(
            @ForAll @IntRange(min = 1, max = 60) int first,
            @ForAll @Size(min = 1, max = 6) List<@IntRange(min = 1, max = 120) Integer> counts) {
        Ring ring = new Ring(first);

        for (int count : counts) {
            ring.reshape(new Reshape.Scale(count));
            ring.assertEven();
        }
    }

    /** A change of whatever shards are there when it is made. */
    record Change(int kind, int shard, double place, int count) {

        void applyTo(Ring ring) {
            List<Shard> open = ring.shards().open();
            Shard chosen = open.get(shard % open.size());
            switch (kind) {
                case 0 -> split(ring, chosen);
                case 1 -> merge(ring, open, shard % open.size());
                default -> {
                    ring.reshape(new Reshape.Scale(count));
                    ring.assertEven();
                }
            }
        }

        private void split(Ring ring, Shard chosen) {
            if (chosen.range().isSplittable()) {
                HashKey at = place < 0.2
                        ? chosen.range().start().next()
                        : place > 0.8 ? chosen.range().end() : chosen.range().middle();
                ring.reshape(new Reshape.Split(chosen.index(), at));
            }
        }

        private void merge(Ring ring, List<Shard> open, int position) {
            if (position + 1 < open.size()) {
                int lower = open.get(position).index();
                int upper = open.get(position + 1).index();
                ring.reshape(place < 0.5 ? new Reshape.Merge(lower, upper) : new Reshape.Merge(upper, lower));
            }
        }
    }

    @Provide
    Arbitrary<List<Change>> changes() {
        return Combinators.combine(
                        Arbitraries.integers().between(0, 2),
                        Arbitraries.integers().between(0, 1000),
                        Arbitraries.doubles().between(0, 1),
                        Arbitraries.integers().between(1, 20))
                .as(Change::new)
                .list();
    }
}
