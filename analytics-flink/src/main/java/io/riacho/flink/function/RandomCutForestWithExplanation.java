package io.riacho.flink.function;

import java.util.ArrayList;
import java.util.List;
import org.apache.flink.table.api.DataTypes;
import org.apache.flink.table.api.dataview.MapView;
import org.apache.flink.table.types.inference.CallContext;
import org.apache.flink.table.types.inference.StaticArgument;
import org.apache.flink.types.Row;

/** {@code KDA_RANDOM_CUT_FOREST_WITH_EXPLANATION(input, trees, sample, decay, shingle, directionality)}: see {@link ForestFunction}. */
public final class RandomCutForestWithExplanation extends ForestFunction {
    public RandomCutForestWithExplanation() {
        this(Settings.NONE);
    }

    private RandomCutForestWithExplanation(Settings settings) {
        super(settings);
    }

    @Override
    List<StaticArgument> scalars() {
        List<StaticArgument> arguments = new ArrayList<>(numbers());
        arguments.add(
                StaticArgument.scalar("directionality", DataTypes.BOOLEAN().notNull(), false));
        return arguments;
    }

    @Override
    TimedTableFunction configured(CallContext call) {
        return new RandomCutForestWithExplanation(Settings.of(call, true));
    }

    public void eval(
            Context context,
            MapView<Long, Integer> counts,
            MapView<Long, Row> pending,
            MapView<Integer, Row> pieces,
            MapView<Integer, Row> points,
            Row learnt,
            Row input,
            Integer treesArgument,
            Integer sampleArgument,
            Integer decayArgument,
            Integer shingleArgument,
            Boolean directionalityArgument)
            throws Exception {
        await(context, counts, pending, input);
    }
}
