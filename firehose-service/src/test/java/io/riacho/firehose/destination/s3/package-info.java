@NullMarked
package io.riacho.firehose.destination.s3;

import org.jspecify.annotations.NullMarked;
