/** All services of Riacho in one process on one port. */
@NullMarked
package io.riacho.standalone;

import org.jspecify.annotations.NullMarked;
