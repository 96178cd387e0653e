/** What objects look like to those who read them. */
@NullMarked
package io.riacho.firehose.format;

import org.jspecify.annotations.NullMarked;
