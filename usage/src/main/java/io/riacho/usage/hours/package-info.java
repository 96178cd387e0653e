/** Metered amounts by the hour, and prices, in PostgreSQL. */
@NullMarked
package io.riacho.usage.hours;

import org.jspecify.annotations.NullMarked;
