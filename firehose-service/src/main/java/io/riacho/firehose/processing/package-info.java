/** What happens to records before they are buffered: decompression, de-aggregation, functions, metadata, delimiters. */
@NullMarked
package io.riacho.firehose.processing;

import org.jspecify.annotations.NullMarked;
