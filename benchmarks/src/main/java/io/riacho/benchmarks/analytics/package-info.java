/** Drives Analytics: an application of the dialect over a stream, and the same job over records in memory. */
@NullMarked
package io.riacho.benchmarks.analytics;

import org.jspecify.annotations.NullMarked;
