/** The values of metrics over the last hours. */
@NullMarked
package io.riacho.metrics.history;

import org.jspecify.annotations.NullMarked;
