/** A real PostgreSQL for tests. */
@NullMarked
package io.riacho.postgres;

import org.jspecify.annotations.NullMarked;
