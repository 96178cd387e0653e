/** Leases and checkpoints in PostgreSQL, and the coordination of workers on them. */
@NullMarked
package io.riacho.leases;

import org.jspecify.annotations.NullMarked;
