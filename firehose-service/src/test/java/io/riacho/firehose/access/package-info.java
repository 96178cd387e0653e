/** As whom Firehose asks other services. */
@NullMarked
package io.riacho.firehose.access;

import org.jspecify.annotations.NullMarked;
