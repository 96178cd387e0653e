/** Tests of the package. */
@NullMarked
package io.riacho.usage.journal;

import org.jspecify.annotations.NullMarked;
