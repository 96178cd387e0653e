/** Prefixes of object keys, and the expressions in them. */
@NullMarked
package io.riacho.firehose.prefix;

import org.jspecify.annotations.NullMarked;
