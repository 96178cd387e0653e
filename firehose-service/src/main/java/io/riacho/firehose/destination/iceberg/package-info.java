/** Tables of Apache Iceberg, to which records are appended. */
@NullMarked
package io.riacho.firehose.destination.iceberg;

import org.jspecify.annotations.NullMarked;
