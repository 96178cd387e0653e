/** What is metered, and in which units. */
@NullMarked
package io.riacho.usage.meter;

import org.jspecify.annotations.NullMarked;
