@NullMarked
package io.riacho.firehose.destination.postgres;

import org.jspecify.annotations.NullMarked;
