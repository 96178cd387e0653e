package io.riacho.flink.function;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.flink.table.api.DataTypes;
import org.apache.flink.table.api.ValidationException;
import org.apache.flink.table.functions.FunctionContext;
import org.apache.flink.table.types.inference.CallContext;
import org.apache.flink.types.Row;
import org.jspecify.annotations.Nullable;

/** {@code KDA_FAST_REGEX_LOG_PARSE(text, pattern)}: a column for each group: see {@link FastRegex}. */
public final class FastRegexLogParse extends LogParser {
    private static final int KEPT = 64;

    private transient Map<String, Optional<FastRegex>> known = new LinkedHashMap<>();

    @Override
    public void open(FunctionContext context) {
        known = new LinkedHashMap<>();
    }

    @Override
    List<Integer> arguments() {
        return List.of(2);
    }

    @Override
    List<DataTypes.Field> columns(CallContext call) {
        FastRegex regex = FastRegex.of(literal(call, 1));
        if (regex == null) {
            throw new ValidationException(call.getName() + ": '" + literal(call, 1)
                    + "' is not an expression with groups, or uses & ~ # or <n-m>, which are not supported");
        }
        return texts(regex.groups());
    }

    public @Nullable Row eval(@Nullable String text, @Nullable String pattern) {
        if (text == null || pattern == null) {
            return null;
        }
        if (known.size() >= KEPT) {
            known.clear();
        }
        return known.computeIfAbsent(pattern, key -> Optional.ofNullable(FastRegex.of(key)))
                .map(regex -> regex.parse(text))
                .orElse(null);
    }
}
