package io.riacho.flink.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.jspecify.annotations.Nullable;

/** What checkpoints hold is what is read from them. */
class StateProperties {

    @Property
    void aSplitIsReadAsItWasWritten(@ForAll("splits") ShardSplit split) throws IOException {
        ShardSplitSerializer serializer = new ShardSplitSerializer();

        assertThat(serializer.deserialize(serializer.getVersion(), serializer.serialize(split)))
                .isEqualTo(split);
    }

    @Property
    void whatTheEnumeratorKnowsIsReadAsItWasWritten(
            @ForAll("splits") ShardSplit one,
            @ForAll("splits") ShardSplit other,
            @ForAll boolean begun,
            @ForAll long at)
            throws IOException {
        EnumeratorStateSerializer serializer = new EnumeratorStateSerializer();
        Position start =
                at == Long.MIN_VALUE || at % 2 == 0 ? new Position.TrimHorizon() : new Position.AtTimestamp(at);
        EnumeratorState state =
                new EnumeratorState(start, begun, Map.of("shard-a", true, "shard-b", false), List.of(one, other));

        assertThat(serializer.deserialize(serializer.getVersion(), serializer.serialize(state)))
                .isEqualTo(state);
    }

    @Example
    void aLaterVersionIsRefused() {
        assertThatThrownBy(() -> new ShardSplitSerializer().deserialize(2, new byte[0]))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("version 2");
    }

    @Provide
    Arbitrary<ShardSplit> splits() {
        Arbitrary<Position> positions = Arbitraries.oneOf(
                Arbitraries.just(new Position.TrimHorizon()),
                Arbitraries.just(new Position.End()),
                Arbitraries.longs().map(Position.AtTimestamp::new),
                Combinators.combine(
                                Arbitraries.strings().numeric().ofMaxLength(60),
                                Arbitraries.longs().greaterOrEqual(0),
                                Arbitraries.of(true, false))
                        .as(Position.After::new));
        Arbitrary<ShardSplit.@Nullable KeyRange> keys = Arbitraries.just(
                        new ShardSplit.KeyRange("0", "340282366920938463463374607431768211455"))
                .injectNull(0.3);
        return Combinators.combine(Arbitraries.strings().alpha().ofMinLength(1), keys, positions, Arbitraries.longs())
                .as(ShardSplit::new);
    }
}
