package io.riacho.flink.function;

import java.util.List;
import org.apache.flink.table.api.DataTypes;
import org.apache.flink.table.functions.FunctionContext;
import org.apache.flink.table.types.inference.CallContext;
import org.apache.flink.types.Row;
import org.jspecify.annotations.Nullable;

/**
 * {@code KDA_SYS_LOG_PARSE(text)}: a line of the form {@code Mon DD HH:MM:SS server message}: its time, and the rest. The line has
 * no year, so the time is in 1970, as with {@link java.text.SimpleDateFormat}.
 */
public final class SysLogParse extends LogParser {
    /** The length of {@code Mon DD HH:MM:SS}. */
    private static final int TIME = 15;

    private transient DateFormats formats = new DateFormats();

    @Override
    public void open(FunctionContext context) {
        formats = new DateFormats();
    }

    @Override
    List<Integer> arguments() {
        return List.of(1);
    }

    @Override
    List<DataTypes.Field> columns(CallContext call) {
        return List.of(
                DataTypes.FIELD("COLUMN1", DataTypes.TIMESTAMP(3)), DataTypes.FIELD("COLUMN2", DataTypes.STRING()));
    }

    public @Nullable Row eval(@Nullable String text) {
        if (text == null || text.length() < TIME) {
            return null;
        }
        Long millis = formats.parse("MMM d HH:mm:ss", text.substring(0, TIME).replace("  ", " "));
        return millis == null
                ? null
                : Row.of(Moments.of(millis), text.substring(TIME).stripLeading());
    }
}
