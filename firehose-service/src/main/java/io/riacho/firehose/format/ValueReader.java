package io.riacho.firehose.format;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;

/**
 * Reads values of one type. What it gives is, by type: Boolean; Integer for tinyint, smallint, int and date (days since
 * 1970); Long; Float; Double; BigDecimal of the type's scale; String; byte[]; Instant; Object[] for arrays and for structs
 * (by field); Object[][] with keys and values for maps.
 */
interface ValueReader {

    /**
     * Reads the value whose first token the parser stands at, and leaves it at the last.
     *
     * @return null for JSON's null
     */
    @Nullable
    Object read(JsonParser parser) throws ConversionException;
}
