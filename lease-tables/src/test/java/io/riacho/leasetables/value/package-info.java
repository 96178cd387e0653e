/** Tests of values. */
@NullMarked
package io.riacho.leasetables.value;

import org.jspecify.annotations.NullMarked;
