/** Tags of streams. */
@NullMarked
package io.riacho.streams.tag;

import org.jspecify.annotations.NullMarked;
