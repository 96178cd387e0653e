package io.riacho.firehose.prefix;

import java.time.format.DateTimeFormatter;

/** A piece of a prefix. */
sealed interface PrefixPart {

    record Literal(String text) implements PrefixPart {}

    record Timestamp(DateTimeFormatter format) implements PrefixPart {}

    /** @param occurrence its number among the prefix's random strings, each of which is another one */
    record RandomString(int occurrence) implements PrefixPart {}

    record ErrorOutputType() implements PrefixPart {}

    record KeyFromQuery(String name) implements PrefixPart {}

    record KeyFromLambda(String name) implements PrefixPart {}

    default boolean isExpression() {
        return !(this instanceof Literal);
    }

    default boolean isPartitionKey() {
        return this instanceof KeyFromQuery || this instanceof KeyFromLambda;
    }
}
