/** A worker of the Kinesis Client Library 2, most of which is one of version 3 too. */
@NullMarked
package io.riacho.consumers.kcl;

import org.jspecify.annotations.NullMarked;
