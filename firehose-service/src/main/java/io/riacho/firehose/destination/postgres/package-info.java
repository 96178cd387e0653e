/** PostgreSQL-compatible warehouses, loaded by {@code COPY FROM STDIN}: Riacho's own extension of the Redshift destination. */
@NullMarked
package io.riacho.firehose.destination.postgres;

import org.jspecify.annotations.NullMarked;
