/** When a job is given more, and when less. */
@NullMarked
package io.riacho.analytics.scaling;

import org.jspecify.annotations.NullMarked;
