/** How a service asks other services of Riacho: where they are, as whose role, under what name of its own. */
@NullMarked
package io.riacho.access;

import org.jspecify.annotations.NullMarked;
