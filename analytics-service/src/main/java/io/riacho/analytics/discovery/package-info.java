/** Guesses what columns the records of a source have. */
@NullMarked
package io.riacho.analytics.discovery;

import org.jspecify.annotations.NullMarked;
