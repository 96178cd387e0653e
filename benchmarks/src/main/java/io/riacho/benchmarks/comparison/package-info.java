/** Runs Riacho and its peers side by side, under the same loads, and writes down what was measured. */
@NullMarked
package io.riacho.benchmarks.comparison;

import org.jspecify.annotations.NullMarked;
