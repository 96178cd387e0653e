@NullMarked
package io.riacho.firehose.destination.redshift;

import org.jspecify.annotations.NullMarked;
