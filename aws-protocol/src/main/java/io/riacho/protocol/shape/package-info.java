/** Reads and writes the AWS SDK's model classes, through the fields that they describe themselves with. */
@NullMarked
package io.riacho.protocol.shape;

import org.jspecify.annotations.NullMarked;
