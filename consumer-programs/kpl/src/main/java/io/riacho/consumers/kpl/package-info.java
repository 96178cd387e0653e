/** An application that writes with the Kinesis Producer Library. */
@NullMarked
package io.riacho.consumers.kpl;

import org.jspecify.annotations.NullMarked;
