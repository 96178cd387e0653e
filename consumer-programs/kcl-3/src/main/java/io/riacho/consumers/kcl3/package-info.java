/** A worker of the Kinesis Client Library 3. */
@NullMarked
package io.riacho.consumers.kcl3;

import org.jspecify.annotations.NullMarked;
