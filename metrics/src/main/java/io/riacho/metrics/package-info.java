/** Metrics as CloudWatch has them, wired. */
@NullMarked
package io.riacho.metrics;

import org.jspecify.annotations.NullMarked;
