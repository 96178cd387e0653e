/** A copy of streams while they are written, and what a server that is started from one has to set right. */
@NullMarked
package io.riacho.streams.backup;

import org.jspecify.annotations.NullMarked;
