/** Microbenchmarks of the log, the record codec and the signature check. */
@NullMarked
package io.riacho.benchmarks.jmh;

import org.jspecify.annotations.NullMarked;
