package io.riacho.flink.function;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.table.functions.ScalarFunction;
import org.jspecify.annotations.Nullable;

/** The functions under the names that the translation gives them. */
final class Names {
    static final Map<String, String> ALL = new LinkedHashMap<>();

    static {
        for (Class<?> function : List.of(
                Slide.class,
                Stagger.class,
                Restamp.class,
                Sort.class,
                Distinct.class,
                Step.class,
                StepMonths.class,
                UnixTimestamp.class,
                ToTimestamp.class,
                Tsdiff.class,
                MillisBetween.class,
                CurrentRowTimestamp.class,
                CharToTimestamp.class,
                CharToDate.class,
                CharToTime.class,
                TimestampToChar.class,
                Substring.class,
                SubstringComma.class,
                SubstringRegex.class,
                SubstringSimilar.class,
                Similar.class,
                RegexReplace.class,
                RoundToTinyint.class,
                RoundToSmallint.class,
                RoundToInteger.class,
                RoundToBigint.class,
                ParseTimestamp.class,
                ParseDate.class,
                ParseTime.class,
                ParseBoolean.class,
                ParseDouble.class,
                ParseBigint.class,
                IntervalToChar.class,
                Hex.class,
                StddevPop.class,
                StddevSamp.class,
                VarPop.class,
                VarSamp.class,
                Any.class,
                Every.class,
                Join.class, JoinUnited.class,
                GroupRank.class,
                RandomCutForest.class,
                RandomCutForestWithExplanation.class,
                Hotspots.class,
                RegexLogParse.class,
                W3cLogParse.class,
                SysLogParse.class,
                FixedColumnLogParse.class,
                VariableColumnLogParse.class,
                FastRegexLogParse.class,
                Group.class)) {
            ALL.put(
                    "KDA_"
                            + function.getSimpleName()
                                    .replaceAll("(?<!^)([A-Z])", "_$1")
                                    .toUpperCase(java.util.Locale.ROOT),
                    function.getName());
        }
    }

    private Names() {}

    /** The text as it is, unknown to the planner, so that what is made of it is computed in the job. */
    public static final class Variable extends ScalarFunction {
        public @Nullable String eval(@Nullable String text) {
            return text;
        }

        @Override
        public boolean isDeterministic() {
            return false;
        }
    }
}
