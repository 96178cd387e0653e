/** Microbenchmarks of the log, the record codec, the signature check and the policy decision. */
@NullMarked
package io.riacho.benchmarks.jmh;

import org.jspecify.annotations.NullMarked;
