/** Applications that run: their jobs, and what leads them from one state to the next. */
@NullMarked
package io.riacho.analytics.run;

import org.jspecify.annotations.NullMarked;
