/** A worker of the Kinesis Client Library 1. */
@NullMarked
package io.riacho.consumers.kcl1;

import org.jspecify.annotations.NullMarked;
