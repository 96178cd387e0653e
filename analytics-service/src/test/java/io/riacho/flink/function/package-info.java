/** What the tests put in the place of Riacho's functions. */
@NullMarked
package io.riacho.flink.function;

import org.jspecify.annotations.NullMarked;
