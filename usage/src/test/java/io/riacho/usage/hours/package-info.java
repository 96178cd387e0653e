/** Tests of the package. */
@NullMarked
package io.riacho.usage.hours;

import org.jspecify.annotations.NullMarked;
