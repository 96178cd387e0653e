/** The bytes of objects: delimited records, compression, Parquet and ORC. */
@NullMarked
package io.riacho.firehose.format;

import org.jspecify.annotations.NullMarked;
