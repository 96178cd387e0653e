package io.riacho.flink.function;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.apache.flink.table.functions.ScalarFunction;
import org.jspecify.annotations.Nullable;

/** {@code KDA_HEX(text)}: the text's UTF-8 in hexadecimal, as DATA_ROW of a record that cannot be read is written. */
public final class Hex extends ScalarFunction {
    public @Nullable String eval(@Nullable String text) {
        return text == null ? null : HexFormat.of().formatHex(text.getBytes(StandardCharsets.UTF_8));
    }
}
