/** What is put into delivery streams. */
@NullMarked
package io.riacho.firehose.directput;

import org.jspecify.annotations.NullMarked;
