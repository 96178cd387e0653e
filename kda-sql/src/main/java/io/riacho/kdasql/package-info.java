/** The SQL dialect of Kinesis Data Analytics, translated to Flink SQL. */
@NullMarked
package io.riacho.kdasql;

import org.jspecify.annotations.NullMarked;
