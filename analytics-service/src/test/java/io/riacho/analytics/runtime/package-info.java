/** Jobs on a real cluster. */
@NullMarked
package io.riacho.analytics.runtime;

import org.jspecify.annotations.NullMarked;
