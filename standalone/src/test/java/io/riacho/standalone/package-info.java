/** Tests of the composition of all services. */
@NullMarked
package io.riacho.standalone;

import org.jspecify.annotations.NullMarked;
