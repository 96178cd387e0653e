@NullMarked
package io.riacho.firehose.destination.iceberg;

import org.jspecify.annotations.NullMarked;
