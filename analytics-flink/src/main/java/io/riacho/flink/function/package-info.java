/** Functions of the Kinesis Data Analytics dialect that Flink SQL does not have. */
@NullMarked
package io.riacho.flink.function;

import org.jspecify.annotations.NullMarked;
