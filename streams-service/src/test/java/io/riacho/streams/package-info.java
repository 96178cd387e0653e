/** What the tests of all packages share. */
@NullMarked
package io.riacho.streams;

import org.jspecify.annotations.NullMarked;
