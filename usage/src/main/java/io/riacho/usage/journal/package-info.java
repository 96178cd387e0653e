/** What was metered and is not in PostgreSQL yet, in memory that outlives the process. */
@NullMarked
package io.riacho.usage.journal;

import org.jspecify.annotations.NullMarked;
