/** Objects in buckets: as a destination, and for backups and failed records of all others. */
@NullMarked
package io.riacho.firehose.destination.s3;

import org.jspecify.annotations.NullMarked;
