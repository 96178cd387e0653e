/** How parallel a job should be. */
@NullMarked
package io.riacho.analytics.scaling;

import org.jspecify.annotations.NullMarked;
