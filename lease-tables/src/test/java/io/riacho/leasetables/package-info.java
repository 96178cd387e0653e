/** Tests of the lease tables. */
@NullMarked
package io.riacho.leasetables;

import org.jspecify.annotations.NullMarked;
