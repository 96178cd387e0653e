@NullMarked
package io.riacho.firehose.destination.warehouse;

import org.jspecify.annotations.NullMarked;
