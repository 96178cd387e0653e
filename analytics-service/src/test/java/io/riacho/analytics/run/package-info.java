/** Tests. */
@NullMarked
package io.riacho.analytics.run;

import org.jspecify.annotations.NullMarked;
