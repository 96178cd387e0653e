/** Tests of the package. */
@NullMarked
package io.riacho.usage;

import org.jspecify.annotations.NullMarked;
