/** What streams use of what AWS charges for, metered exactly: see {@link StreamsUsage}. */
@NullMarked
package io.riacho.streams.usage;

import org.jspecify.annotations.NullMarked;
