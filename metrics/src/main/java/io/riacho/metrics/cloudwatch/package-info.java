/** CloudWatch's operations on metrics. */
@NullMarked
package io.riacho.metrics.cloudwatch;

import org.jspecify.annotations.NullMarked;
