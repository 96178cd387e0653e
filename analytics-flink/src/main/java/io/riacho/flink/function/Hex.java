package io.riacho.flink.function;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.apache.flink.table.functions.ScalarFunction;
import org.jspecify.annotations.Nullable;

/** {@code KDA_HEX(text)}: the text's UTF-8 in hexadecimal capitals. */
public final class Hex extends ScalarFunction {
    public @Nullable String eval(@Nullable String text) {
        return text == null ? null : HexFormat.of().withUpperCase().formatHex(text.getBytes(StandardCharsets.UTF_8));
    }
}
