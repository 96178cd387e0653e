package io.riacho.flink.function;

import java.util.List;
import org.apache.flink.table.api.dataview.MapView;
import org.apache.flink.table.types.inference.CallContext;
import org.apache.flink.table.types.inference.StaticArgument;
import org.apache.flink.types.Row;

/** {@code KDA_RANDOM_CUT_FOREST(input, trees, sample, decay, shingle)}: see {@link ForestFunction}. */
public final class RandomCutForest extends ForestFunction {
    public RandomCutForest() {
        this(Settings.NONE);
    }

    private RandomCutForest(Settings settings) {
        super(settings);
    }

    @Override
    List<StaticArgument> scalars() {
        return numbers();
    }

    @Override
    TimedTableFunction configured(CallContext call) {
        return new RandomCutForest(Settings.of(call, false));
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
            Integer shingleArgument)
            throws Exception {
        await(context, counts, pending, input);
    }
}
