/** Real Kinesis clients against a URL: a server process started from its jar, or the one at {@code RIACHO_URL}. */
@NullMarked
package io.riacho.compatibility;

import org.jspecify.annotations.NullMarked;
